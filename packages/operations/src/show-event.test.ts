import { keys } from "@misskeep/redis";
import { exampleBody } from "@misskeep/schema";
import { capture, until } from "@misskeep/testkit";
import { handled, ignored } from "@misskeep/processor";
import { describe, expect, test } from "vitest";
import { deploy, killer, processor } from "../test-support/deployment.ts";
import { editDead } from "./edit-dead.ts";
import { showDead } from "./show-dead.ts";
import { showEvent } from "./show-event.ts";

describe("showEvent", () => {
  test("tells what each processor made of an event", async () => {
    const { context, receive, start } = await deploy();
    await start([
      processor("bridge", () => handled("posted as 42")),
      processor("filter", () => ignored("not for us")),
      killer("mail", "no such mailbox"),
      processor("slow", () => {
        throw new Error("not yet");
      }),
    ]);
    const id = await receive(exampleBody("mention"));
    const states = ["dead", "delayed", "handled", "ignored"];
    const event = await until(async () => {
      const found = await showEvent(context, id);
      return found.processors
        .map(({ state }) => state)
        .toSorted()
        .join() === states.join()
        ? found
        : undefined;
    });

    expect(event).toMatchObject({
      id,
      type: "mention",
      hook: "default",
      host: "misskey.example",
      isTest: false,
    });
    expect(event.sentence).toContain("mentioned you");
    expect(event.inbox).toMatchObject({ state: "dispatched", secretNumber: 2, duplicates: { count: 0 } });
    const at = Object.fromEntries(event.processors.map((each) => [each.processor, each]));
    expect(at["bridge"]).toMatchObject({ state: "handled", detail: "posted as 42", error: null });
    expect(at["filter"]).toMatchObject({ state: "ignored", detail: "not for us" });
    expect(at["mail"]).toMatchObject({ state: "dead", error: { message: "no such mailbox" } });
    expect(at["mail"]?.history).toMatchObject([{ attempt: 1, end: "dead" }]);
    expect(at["slow"]).toMatchObject({ state: "delayed", error: { message: "not yet" }, endedAt: null });
    expect(at["slow"]?.runsAt).toBeGreaterThan(event.receivedAt);
  });

  test("counts how often an event came again", async () => {
    const { context, receive } = await deploy();
    const body = exampleBody("note");
    const id = await receive(body);
    await receive(body);
    await receive(body);
    const { inbox } = await showEvent(context, id);
    expect(inbox?.duplicates).toEqual({ count: 2, last: expect.any(Number) });
  });

  test("says that an event waits while nothing dispatches it", async () => {
    const { context, receive } = await deploy();
    const event = await showEvent(context, await receive(exampleBody("note")));
    expect(event.inbox?.state).toBe("waiting");
    expect(event.processors).toEqual([]);
  });

  test("gives the body only if it is asked for, byte for byte", async () => {
    const { context, receive } = await deploy();
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const id = await receive(bytes);
    expect(await showEvent(context, id)).not.toHaveProperty("raw");
    expect(await showEvent(context, id, { raw: true })).toMatchObject({
      raw: { base64: bytes.toString("base64") },
      type: null,
      sentence: "The body is no JSON.",
      sentenceJa: "本文が JSON ではありません。",
    });
  });

  test("still knows a dead event that the inbox no longer holds", async () => {
    const { context, receive, start } = await deploy();
    await start([killer("mail")]);
    const id = await receive(exampleBody("followed"));
    await until(async () => (await showEvent(context, id)).processors[0]?.state === "dead");
    await context.redis.del("misskeep:{0}:inbox");
    const event = await showEvent(context, id, { raw: true });
    expect(event).toMatchObject({ type: "followed", inbox: null, processors: [{ state: "dead" }] });
    expect(event.raw).toHaveProperty("utf8");
  });

  test("shows what it says only if that is asked for", async () => {
    const { context, receive } = await deploy();
    const { rawBody } = capture("note-direct");
    const id = await receive(rawBody);
    const { text } = (JSON.parse(String(rawBody)) as { body: { note: { text: string } } }).body.note;
    expect(JSON.stringify(await showEvent(context, id))).not.toContain(text.slice(0, 10));
    const { content } = await showEvent(context, id, { content: true });
    expect(content).toMatchObject({ isPrivate: true, note: { text, author: { handle: "@alice" } } });
    const broken = await receive(Buffer.from("no JSON"));
    expect((await showEvent(context, broken, { content: true })).content).toBeNull();
  });

  test("shows backfills and edited replays beside the event's own jobs, also edits of edits", async () => {
    const { context, receive, start } = await deploy();
    await start([killer("mail"), killer("bridge")]);
    const original = exampleBody("followed");
    const id = await receive(original);
    const jobs = async (): Promise<(readonly [string, string | null, string])[]> =>
      (await showEvent(context, id)).processors.map((each) => [each.id, each.parent, each.state] as const);
    await until(async () => (await jobs()).filter(([, , state]) => state === "dead").length === 2);
    const edited = JSON.stringify({ ...(original as object), edited: true });
    const me = { by: "mio", why: "" };
    const { child } = await editDead(context, "mail", id, edited, me);
    await until(async () => (await jobs()).filter(([, , state]) => state === "dead").length === 3);
    const { child: grandchild } = await editDead(context, "mail", child, edited, me);
    const run = "abcdefgh1234";
    await context.redis.zadd(keys.runs, 1, `bridge/${run}`, 2, "mail/zzzzzzzz1234");
    const data = { hook: "default", receivedAt: 1, body: edited };
    await context.queues.get("bridge").add("event", data, { jobId: `${id}~${run}` });
    await until(async () => (await jobs()).filter(([, , state]) => state === "dead").length === 5);
    expect((await jobs()).map(([job, parent]) => [job, parent])).toEqual([
      [id, null],
      [`${id}~${run}`, null],
      [id, null],
      [child, id],
      [grandchild, child],
    ]);

    await context.redis.del("misskeep:{0}:inbox");
    await context.redis.del(keys.queue("bridge", id), keys.queue("bridge", `${id}~${run}`));
    const { raw } = await showEvent(context, id, { raw: true });
    expect(raw).toEqual({ utf8: JSON.stringify(original) });
    expect(await showDead(context, "mail", id)).toMatchObject({
      parent: null,
      edits: [{ id: child, by: "mio" }],
    });
    expect(await showDead(context, "mail", child)).toMatchObject({ parent: id, edits: [{ id: grandchild }] });
  });

  test("refuses what is no event id, and an id that nothing has", async () => {
    const { context } = await deploy();
    await expect(showEvent(context, "\u001B[31m")).rejects.toMatchObject({ code: "INVALID_EVENT_ID" });
    await expect(showEvent(context, "0-1-1")).rejects.toMatchObject({ code: "EVENT_NOT_FOUND" });
  });
});
