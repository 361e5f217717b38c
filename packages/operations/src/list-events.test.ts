import { exampleBody } from "@misskeep/schema";
import { capture } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy } from "../test-support/deployment.ts";
import { listEvents } from "./list-events.ts";

describe("listEvents", () => {
  test("pages through the inbox, newest first, without an event twice or left out", async () => {
    const { context, receive } = await deploy();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift(await receive(exampleBody("note")));
    const first = await listEvents(context, { limit: 3 });
    const second = await listEvents(context, { limit: 3, before: first.next ?? undefined });
    expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
  });

  test("finds events of one type among others, and says where to go on", async () => {
    const { context, receive } = await deploy();
    const followed = await receive(exampleBody("followed"));
    for (let i = 0; i < 4; i += 1) await receive(exampleBody("note"));
    const stopped = await listEvents(context, { limit: 1, type: "followed", scan: 3 });
    expect(stopped).toMatchObject({ events: [], scanned: 3 });
    const found = await listEvents(context, {
      limit: 1,
      type: "followed",
      before: stopped.next ?? undefined,
    });
    expect(found.events).toMatchObject([{ id: followed, type: "followed" }]);
  });

  test("finds events of a hook, of a person, and of a time, together", async () => {
    const { context, receive } = await deploy();
    const hour = 3_600_000;
    const now = Date.now();
    const real = (name: string): Buffer => capture(name).rawBody;
    const host = "misskey.test";
    const reply = await receive(real("reply-simple"), { host, receivedAt: now - 3 * hour });
    const remote = await receive(real("followed-remote"), { host, receivedAt: now - 2 * hour, hook: "mod" });
    const report = await receive(real("abuseReport-local"), { host, receivedAt: now - hour, hook: "mod" });
    const broken = await receive(Buffer.from("no JSON at all"), { receivedAt: now, hook: "mod" });
    const find = async (options: object): Promise<string[]> =>
      (await listEvents(context, { limit: 10, ...options })).events.map(({ id }) => id);
    expect(await find({ hook: "mod" })).toEqual([broken, report, remote]);
    expect(await find({ person: "@Gargron_test@mastodon.test" })).toEqual([remote]);
    expect(await find({ person: "alice@misskey.test" })).toEqual([reply]);
    // Who reported is nobody's business.
    expect(await find({ person: "@carol" })).toEqual([report]);
    expect(await find({ person: "@bob" })).toEqual([reply]);
    expect(await find({ from: now - 2 * hour, to: now })).toEqual([report, remote]);
    expect(await find({ to: now - 2 * hour })).toEqual([reply]);
    expect(await find({ hook: "mod", type: "followed", from: now - 4 * hour })).toEqual([remote]);
    expect(await find({ hook: "mod", type: "followed", to: now - 2 * hour })).toEqual([]);
  });

  test("pages through a time, without an event twice or left out", async () => {
    const { context, receive } = await deploy();
    const now = Date.now();
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const id = await receive(exampleBody("note"), { receivedAt: now - (i % 2) * 3_600_000 });
      if (i % 2 === 1) ids.unshift(id);
    }
    const found: string[] = [];
    let before: string | undefined;
    do {
      const page = await listEvents(context, { limit: 4, to: now, before });
      found.push(...page.events.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(found).toEqual(ids);
  });

  test("refuses what nothing could meet", async () => {
    const { context } = await deploy();
    for (const options of [{ person: "@@" }, { from: 2, to: 1 }])
      await expect(listEvents(context, { limit: 1, ...options })).rejects.toMatchObject({
        code: "INVALID_FILTER",
      });
  });

  test("never gives the text of a note", async () => {
    const { context, receive } = await deploy();
    await receive({ ...(exampleBody("note") as object), body: { note: note("my secret thought") } });
    const page = await listEvents(context, { limit: 10 });
    expect(page.events).toHaveLength(1);
    expect(JSON.stringify(page)).not.toContain("secret thought");
  });

  test("gives nothing of an empty inbox, and refuses a broken id", async () => {
    const { context } = await deploy();
    expect(await listEvents(context, { limit: 10 })).toEqual({ events: [], scanned: 0, next: null });
    await expect(listEvents(context, { limit: 1, before: "x" })).rejects.toMatchObject({
      code: "INVALID_EVENT_ID",
    });
  });
});

function note(text: string): object {
  return { id: "n1", text, cw: text, visibility: "public", user: { id: "u1", username: "alice" } };
}
