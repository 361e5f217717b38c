import { exampleBody } from "@misskeep/schema";
import { capture } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { deploy } from "../test-support/deployment.ts";
import type { EventSummary } from "./event-summary.ts";
import { tailEvents } from "./tail-events.ts";

test("events come as they are accepted, in order, each once, until it is ended", async () => {
  const { context, receive } = await deploy();
  await receive(exampleBody("note"));
  const end = new AbortController();
  const tail = tailEvents(context, { signal: end.signal });
  const next = tail.next();
  // What came before is not told, whenever the tail begins to wait: only this is new after it began.
  const ids: string[] = [];
  const first = await raceUntilTold(next, async () => void ids.push(await receive(exampleBody("followed"))));
  expect(ids).toContain(first.id);
  const seen: string[] = [first.id];
  const more: string[] = [];
  for (let i = 0; i < 130; i += 1)
    more.push(await receive({ ...(exampleBody("note") as object), eventId: `e${i}` }));
  for await (const { id } of tail) {
    seen.push(id);
    if (id === more.at(-1)) end.abort();
  }
  const expected = [...ids.slice(ids.indexOf(first.id)), ...more];
  expect(seen).toEqual(expected);
});

test("only events of a type and a hook are told, without what they say", async () => {
  const { context, receive } = await deploy();
  const end = new AbortController();
  const tail = tailEvents(context, { type: "mention", hook: "mine", signal: end.signal });
  const next = tail.next();
  const rawBody = JSON.parse(String(capture("mention-direct").rawBody)) as {
    body: { note: { text: string } };
  };
  let i = 0;
  const told = await raceUntilTold(next, async () => {
    i += 1;
    await receive({ ...rawBody, eventId: `a${i}` });
    await receive({ ...(exampleBody("note") as object), eventId: `b${i}` }, { hook: "mine" });
    await receive({ ...rawBody, eventId: `c${i}` }, { hook: "mine" });
  });
  expect(told).toMatchObject({ type: "mention", hook: "mine" });
  expect(JSON.stringify(told)).not.toContain(rawBody.body.note.text);
  end.abort();
  expect(await tail.next()).toEqual({ done: true, value: undefined });
});

test("it ends while it waits, and at once if it was ended before", async () => {
  const { context } = await deploy();
  const end = new AbortController();
  const waiting = tailEvents(context, { signal: end.signal }).next();
  end.abort();
  expect((await waiting).done).toBe(true);
  expect((await tailEvents(context, { signal: end.signal }).next()).done).toBe(true);
});

test("it waits on an empty Redis, where there is no inbox yet", async () => {
  const { context, receive } = await deploy();
  await context.redis.flushdb();
  const end = new AbortController();
  const tail = tailEvents(context, { signal: end.signal });
  const told = await raceUntilTold(tail.next(), async () => void (await receive(exampleBody("note"))));
  expect(told.type).toBe("note");
  end.abort();
  await tail.return();
});

/** Makes events until the tail, which begins to listen at some time, tells of one. */
async function raceUntilTold(
  next: Promise<IteratorResult<EventSummary, void>>,
  make: () => Promise<void>,
): Promise<EventSummary> {
  let told: EventSummary | undefined;
  const listening = next.then((result) => {
    if (result.done) throw new Error("it ended");
    told = result.value;
  });
  while (told === undefined) {
    await make();
    await Promise.race([listening, new Promise((resolve) => setImmediate(resolve))]);
  }
  return told;
}
