import type { HttpReceiver } from "@misskeep/testkit";
import { describe, expect, it } from "vitest";
import { discord } from "../discord.ts";
import { type Replicas, startReplicas } from "../test-support/replicas.ts";
import { startTarget } from "../test-support/target.ts";

/** Two replicas that run discord, and a Discord to post to. */
async function startDiscord(): Promise<{ target: HttpReceiver; handle: Replicas["handle"] }> {
  const target = await startTarget(() => ({ status: 200 }));
  const { handle } = await startReplicas([discord(), discord()], { DISCORD_WEBHOOK_URL: target.url });
  return { target, handle };
}

const mention = { capture: "mention-by-reply" };
const reply = { capture: "reply-simple" };

describe("a reply that comes as mention and as reply", () => {
  it.each([
    ["the mention", mention, reply],
    ["the reply", reply, mention],
  ])("is posted once where %s comes first", async (_, first, second) => {
    const { target, handle } = await startDiscord();
    await handle({ "0-1-0": first });
    expect(await handle({ "0-2-0": second })).toEqual({ "0-1-0": "handled", "0-2-0": "ignored" });
    expect(target.requests).toHaveLength(1);
  });

  it("is posted once where both come at the same moment", async () => {
    const { target, handle } = await startDiscord();
    const ends = await handle({ "0-1-0": mention, "0-2-0": reply });
    expect(new Set(Object.values(ends))).toEqual(new Set(["handled", "ignored"]));
    expect(target.requests).toHaveLength(1);
  });

  it("is not confused with another note, or with what is no note", async () => {
    const { target, handle } = await startDiscord();
    const others = {
      "0-2-0": { capture: "mention-remote-mastodon" },
      "0-3-0": { capture: "followed-basic" },
    };
    const ends = await handle({ "0-1-0": reply, ...others });
    expect(Object.values(ends)).toEqual(["handled", "handled", "handled"]);
    expect(target.requests).toHaveLength(3);
  });
});
