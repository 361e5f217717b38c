import { describe, expect, it } from "vitest";
import { slack } from "./slack.ts";
import { meetsEveryAnswer } from "./test-support/failures.ts";
import { eventFrom, run } from "./test-support/run.ts";
import { SECRET_PATH, startTarget } from "./test-support/target.ts";

const settings = (url: string): Record<string, string> => ({ SLACK_WEBHOOK_URL: url });

describe("slack", () => {
  meetsEveryAnswer({ processor: slack(), settings, event: () => eventFrom("reply-simple") });

  it("posts to the URL as it is", async () => {
    const target = await startTarget(() => ({ status: 200, body: "ok" }));
    await run(slack(), settings(target.url), eventFrom("followed-basic"));
    expect(target.requests[0]).toMatchObject({
      method: "POST",
      path: SECRET_PATH,
      json: { blocks: [{ type: "section" }, { type: "context" }] },
    });
  });

  it("sends the message without images where Slack cannot load one", async () => {
    const target = await startTarget((_, index) => ({
      status: index === 0 ? 400 : 200,
      body: "invalid_blocks",
    }));
    await expect(run(slack(), settings(target.url), eventFrom("note-files"))).resolves.toEqual({
      type: "handled",
    });
    expect(target.requests[0]!.body).toContain("image_url");
    expect(target.requests[1]!.body).not.toContain("image_url");
  });

  it("posts nothing of a note that is not for everyone", async () => {
    const target = await startTarget();
    const outcome = await run(slack(), settings(target.url), eventFrom("reply-followers-only"));
    expect(outcome).toMatchObject({ type: "ignored" });
    expect(target.requests).toHaveLength(0);
  });
});
