import type { Processor } from "@misskeep/processor";
import { type ChatOptions, chatProcessor } from "./chat/chat-processor.ts";
import { toSlack } from "./chat/to-slack.ts";

/** Shows events in a Slack channel, through an incoming webhook. */
export function slack(options: ChatOptions = {}): Processor {
  return chatProcessor(
    {
      name: "slack",
      env: "SLACK_WEBHOOK_URL",
      description: "The URL of an incoming webhook of Slack.",
      // One a second, says https://docs.slack.dev/apis/web-api/rate-limits.
      rateLimit: { max: 1, per: "1s" },
      address: (url) => url,
      toBody: toSlack,
    },
    options,
  );
}

export default slack();
