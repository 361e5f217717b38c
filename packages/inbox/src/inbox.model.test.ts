import type { Redis } from "@misskeep/redis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptEvents, emptyRedis, prepareInbox } from "../test-support/inbox.ts";
import type { EventId } from "./event-id.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";
import { acknowledge, handBack, readBatch, reclaimOne, removeConsumer } from "./read.ts";
import { trim } from "./trim.ts";

type Dispatcher = "w1" | "w2";
const dispatcher = fc.constantFrom<Dispatcher>("w1", "w2");

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("accept"), size: fc.oneof(fc.constant(0), fc.nat(50)) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("read"),
      who: dispatcher,
      bytes: fc.integer({ min: 1, max: 80 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("acknowledge"), who: dispatcher, nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("hand back"), who: dispatcher, nth: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reclaim"), who: dispatcher, anyAge: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("trim"),
      maxAgeMs: fc.constantFrom(-1, 1e9),
      maxBytes: fc.nat(100),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove"), who: dispatcher }) },
);

/** What must be true of the inbox, in plain lists. Ids rise with each event. */
class Model {
  readonly sizes = new Map<EventId, number>();
  readonly unread: EventId[] = [];
  readonly held: Record<Dispatcher, EventId[]> = { w1: [], w2: [] };
  readonly handedBack: EventId[] = [];
  readonly done: EventId[] = [];

  waiting(): EventId[] {
    return [...this.unread, ...this.held.w1, ...this.held.w2, ...this.handedBack].toSorted();
  }

  take(id: EventId): void {
    for (const list of [this.held.w1, this.held.w2, this.handedBack]) {
      if (list.includes(id)) list.splice(list.indexOf(id), 1);
    }
  }
}

async function run(redis: Redis, model: Model, what: typeof step extends fc.Arbitrary<infer S> ? S : never) {
  if ("size" in what) {
    const [id] = await acceptEvents(redis, what.size);
    model.sizes.set(id!, what.size);
    model.unread.push(id!);
  } else if ("bytes" in what) {
    const { entries } = await readBatch(redis, what.who, { entries: 4, bytes: what.bytes });
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(model.unread.splice(0, ids.length));
    expect(entries.map(({ body }) => body.length)).toEqual(ids.map((id) => model.sizes.get(id)));
    model.held[what.who].push(...ids);
  } else if ("nth" in what) {
    const id = model.held[what.who][what.nth];
    if (id === undefined) return;
    model.take(id);
    if (what.do === "acknowledge") {
      await acknowledge(redis, [id], 0);
      model.done.push(id);
    } else {
      await handBack(redis, what.who, [id]);
      model.handedBack.push(id);
    }
  } else if ("anyAge" in what) {
    const reclaimed = await reclaimOne(redis, what.who, what.anyAge ? 0 : undefined);
    const candidates = what.anyAge
      ? [...model.held.w1, ...model.held.w2, ...model.handedBack]
      : model.handedBack;
    expect(reclaimed?.id).toBe(candidates.toSorted()[0]);
    if (reclaimed === undefined) return;
    expect(reclaimed.entry?.body).toHaveLength(model.sizes.get(reclaimed.id)!);
    model.take(reclaimed.id);
    model.held[what.who].push(reclaimed.id);
  } else if ("maxBytes" in what) {
    await trim(redis, what);
  } else {
    expect(await removeConsumer(redis, what.who)).toBe(model.held[what.who].length === 0);
  }
}

test("whatever happens in whatever order, no undispatched event is lost and the bytes are counted exactly", async () => {
  const redis = await emptyRedis();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      await redis.flushdb();
      await prepareInbox(redis);
      const model = new Model();
      for (const what of steps) {
        await run(redis, model, what);
        const entries = (await listEntries(redis, { limit: 1_000 })).toReversed();
        const ids = entries.map(({ id }) => id);
        const waiting = model.waiting();
        expect(ids).toEqual(expect.arrayContaining(waiting));
        // Only the oldest are ever missing.
        expect(ids).toEqual([...model.sizes.keys()].slice(model.sizes.size - ids.length));
        expect(await inboxState(redis)).toMatchObject({
          accepted: model.sizes.size,
          entries: ids.length,
          bytes: entries.reduce((sum, { body }) => sum + body.length, 0),
          waiting: waiting.length,
          oldestWaitingAt: waiting[0] === undefined ? undefined : Number(waiting[0].split("-")[1]),
        });
      }
    }),
    { numRuns: 25 },
  );
});
