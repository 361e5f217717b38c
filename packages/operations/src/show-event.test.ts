import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { handled, ignored } from "@misskeep/processor";
import { describe, expect, test } from "vitest";
import { deploy, killer, processor } from "../test-support/deployment.ts";
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

  test("refuses what is no event id, and an id that nothing has", async () => {
    const { context } = await deploy();
    await expect(showEvent(context, "\u001B[31m")).rejects.toMatchObject({ code: "INVALID_EVENT_ID" });
    await expect(showEvent(context, "0-1-1")).rejects.toMatchObject({ code: "EVENT_NOT_FOUND" });
  });
});
