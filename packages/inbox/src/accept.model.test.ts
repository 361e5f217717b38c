import { keys, type Redis } from "@misskeep/redis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aDelivery, anIdentity, emptyRedis, prepareInbox, WINDOW } from "../test-support/inbox.ts";
import { accept, type Acceptance } from "./accept.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";

const MINUTE_MS = 60_000;
const START = 2_000_000 * 15 * MINUTE_MS;

interface Sent {
  readonly hook: string;
  readonly eventId: string | undefined;
  readonly body: string;
  /** Minutes; whole ones and their edges are where the rule turns. */
  readonly receivedAt: number;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  hook: fc.constantFrom("default", "mods"),
  eventId: fc.constantFrom(undefined, undefined, "e1", "e2"),
  body: fc.constantFrom("a", "b"),
  receivedAt: fc.oneof(
    fc.integer({ min: 0, max: 70 }).map((minute) => START + minute * MINUTE_MS),
    fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(-1, 0, 1))
      .map(([n, ms]) => START + n * 15 * MINUTE_MS + ms),
  ),
});

/** The rule in a few lines: what design.md says, without spans, keys or Redis. */
class Model {
  readonly firstCopies: Sent[] = [];
  duplicates = 0;

  /** The events that this delivery may be taken for; none: a new one. */
  candidates(delivery: Sent): number[] {
    return this.firstCopies.flatMap((first, index) => (isSame(first, delivery) ? [index] : []));
  }
}

function isSame(first: Sent, delivery: Sent): boolean {
  if (first.hook !== delivery.hook || first.eventId !== delivery.eventId) return false;
  if (delivery.eventId !== undefined) return true;
  return first.body === delivery.body && Math.abs(first.receivedAt - delivery.receivedAt) <= 15 * MINUTE_MS;
}

async function send(redis: Redis, { hook, eventId, body, receivedAt }: Sent) {
  const delivery = aDelivery({ hook, body: Buffer.from(body), receivedAt });
  return accept(redis, delivery, eventId === undefined ? undefined : anIdentity(eventId), WINDOW);
}

/** What arrives at the same moment goes to Redis in one call. */
const turns = fc.array(fc.array(sent, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

test("any deliveries in any order, many at once or one by one, are told apart as the plain rule says", async () => {
  const redis = await emptyRedis();
  await fc.assert(
    fc.asyncProperty(turns, async (arrived) => {
      await redis.flushdb();
      await prepareInbox(redis);
      const model = new Model();
      const ids: string[] = [];
      const replies: { delivery: Sent; reply: Acceptance }[] = [];
      for (const turn of arrived) {
        const answers = await Promise.all(turn.map((delivery) => send(redis, delivery)));
        replies.push(...answers.map((reply, index) => ({ delivery: turn[index]!, reply })));
      }
      for (const { delivery, reply } of replies) {
        const candidates = model.candidates(delivery);
        const { status, id } = reply;
        expect(status).toBe(candidates.length > 0 ? "duplicate" : "accepted");
        if (status === "accepted") {
          ids.push(id);
          model.firstCopies.push(delivery);
        } else {
          model.duplicates += 1;
          expect(candidates.map((index) => ids[index])).toContain(id);
        }
      }
      const kept = await listEntries(redis, { limit: 100 });
      expect(kept.map(({ id }) => id).toReversed()).toEqual(ids);
      expect(kept.map(({ body }) => String(body)).toReversed()).toEqual(
        model.firstCopies.map(({ body }) => body),
      );
      expect(await inboxState(redis)).toMatchObject({
        accepted: ids.length,
        duplicates: model.duplicates,
        bytes: model.firstCopies.length,
      });
      expect(await redis.keys(keys.seen("*"))).toHaveLength(ids.length);
    }),
    { numRuns: 60 },
  );
});

test("whatever was sent before, a delivery sent again is a duplicate of itself", async () => {
  const redis = await emptyRedis();
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 12 }), sent, async (before, delivery) => {
      await redis.flushdb();
      for (const each of before) await send(redis, each);
      const first = await send(redis, delivery);
      expect(await send(redis, delivery)).toEqual({ status: "duplicate", id: first.id });
    }),
    { numRuns: 40 },
  );
});
