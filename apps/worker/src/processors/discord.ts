import type { Processor } from "@misskeep/processor";
import { type ChatOptions, chatProcessor } from "./chat/chat-processor.ts";
import { toDiscord } from "./chat/to-discord.ts";

/** Shows events in a Discord channel, through a webhook of the channel. */
export function discord(options: ChatOptions = {}): Processor {
  return chatProcessor(
    {
      name: "discord",
      env: "DISCORD_WEBHOOK_URL",
      description: "The URL of a Discord channel's webhook (Edit Channel, Integrations, Webhooks).",
      // A channel takes 30 messages a minute from its webhooks.
      rateLimit: { max: 30, per: "1m" },
      address: withWait,
      toBody: toDiscord,
    },
    options,
  );
}

/** Without `wait` Discord answers before it has looked at the message; other parameters (`thread_id`) stay. */
function withWait(text: string): string {
  const url = new URL(text);
  url.searchParams.set("wait", "true");
  return url.href;
}

export default discord();
