import { readConfig, RetryLater } from "@misskeep/processor";
import { describe, expect, it } from "vitest";
import { discord } from "./discord.ts";
import { meetsEveryAnswer } from "./test-support/failures.ts";
import { eventFrom, run } from "./test-support/run.ts";
import { SECRET_PATH, startTarget } from "./test-support/target.ts";

const settings = (url: string): Record<string, string> => ({ DISCORD_WEBHOOK_URL: url });

describe("discord", () => {
  meetsEveryAnswer({ processor: discord(), settings, event: () => eventFrom("mention-by-reply") });

  it("waits until Discord has taken the message, and keeps the thread", async () => {
    const target = await startTarget(() => ({ status: 200, body: { id: "1" } }));
    await run(discord(), settings(`${target.url}?thread_id=42`), eventFrom("followed-remote"));
    expect(target.requests[0]).toMatchObject({
      method: "POST",
      path: `${SECRET_PATH}?thread_id=42&wait=true`,
      json: { embeds: [{ author: { name: "@Gargron_test@mastodon.test" } }] },
    });
  });

  it.each([
    ["its body's time", {}, 2.5, 2_500],
    ["the longer of both", { "retry-after": "3" }, 2.5, 3_000],
    ["the longer of both, the other way round", { "retry-after": "1" }, 64.57, 64_570],
    ["a header without a body", { "retry-after": "7" }, undefined, 7_000],
  ])("comes back after a 429 by %s", async (_, headers, seconds, delayMs) => {
    const answer = {
      status: 429,
      headers,
      body: { message: "slow down", retry_after: seconds, global: false },
    };
    const target = await startTarget(() => answer);
    const error: unknown = await run(discord(), settings(target.url), eventFrom("followed-basic")).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ delayMs });
  });

  it("sends the message without images and links where Discord does not take them", async () => {
    const target = await startTarget((_, index) => ({ status: index === 0 ? 400 : 200 }));
    await expect(run(discord(), settings(target.url), eventFrom("note-files"))).resolves.toEqual({
      type: "handled",
    });
    expect(target.requests).toHaveLength(2);
    expect(target.requests[0]!.body).toContain('"image":');
    expect(target.requests[1]!.body).not.toMatch(/"(image|url|icon_url)":/);
  });

  it("posts nothing of a note that is not for everyone, and says why", async () => {
    const target = await startTarget();
    const outcome = await run(discord(), settings(target.url), eventFrom("mention-direct"));
    expect(outcome).toEqual({ type: "ignored", reason: 'the note\'s visibility is "specified"' });
    expect(target.requests).toHaveLength(0);
  });

  it("can be used several times, each for events and a channel of its own", async () => {
    const target = await startTarget();
    const mods = discord({
      name: "discord-mods",
      on: ["abuseReport"],
      hooks: ["mods"],
      env: "DISCORD_MODS",
      fullReports: true,
    });
    expect(mods).toMatchObject({
      name: "discord-mods",
      subscription: { on: ["abuseReport"], hooks: ["mods"] },
    });
    await run(mods, { DISCORD_MODS: target.url }, eventFrom("abuseReport-local"));
    expect(target.requests[0]!.body).toContain("スパム行為");
    expect(discord().subscription).toEqual({ on: ["mention", "reply", "renote", "followed"] });
  });

  it("is off without its URL, and refuses a wrong one without quoting it", () => {
    expect(readConfig(discord(), {})).toMatchObject({ status: "off", missing: ["DISCORD_WEBHOOK_URL"] });
    const reading = readConfig(discord(), settings("planted"));
    expect(reading.status).toBe("invalid");
    expect(JSON.stringify(reading)).not.toContain("planted");
  });
});

describe("what a note means to a chat", () => {
  it("is the same as mention, as reply and on another hook", () => {
    const meaning = discord().once(eventFrom("mention-by-reply"));
    expect(meaning).toContain("atxm983haohs002z");
    expect(discord().once(eventFrom("reply-simple"))).toBe(meaning);
  });

  it("is its own for a note of that id on another server", () => {
    const elsewhere = eventFrom("reply-simple", (delivery) => (delivery.server = "https://other.test"));
    expect(discord().once(elsewhere)).not.toBe(discord().once(eventFrom("reply-simple")));
  });

  it("is its own for each press of the test button, each follow and each edit", () => {
    expect(discord().once(eventFrom("note-test-button"))).toBeUndefined();
    expect(discord().once(eventFrom("followed-basic"))).toBeUndefined();
    expect(
      discord().once(eventFrom("reply-simple", (delivery) => (delivery.type = "edited"))),
    ).toBeUndefined();
  });
});
