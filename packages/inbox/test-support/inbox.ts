import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { accept } from "../src/accept.ts";
import type { Delivery } from "../src/delivery.ts";
import { type EventId, toStreamId } from "../src/event-id.ts";
import { ensureGroup } from "../src/group.ts";
import type { EventIdentity } from "../src/idempotency-key.ts";

export const DAY_MS = 24 * 60 * 60_000;
export const WINDOW = { windowMs: 8 * DAY_MS } as const;

/** Connects for one test. */
export async function connect(url: string): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

/** An empty database without even the group. */
export async function emptyRedis(): Promise<Redis> {
  return connect(await freshRedisUrl());
}

/** An inbox with the dispatchers' group, nothing in it, and one subscription, so that it can be read. */
export async function freshInbox(): Promise<Redis> {
  const redis = await emptyRedis();
  await prepareInbox(redis);
  return redis;
}

export async function prepareInbox(redis: Redis): Promise<void> {
  await ensureGroup(redis);
  await redis.hset(keys.subscriptions, "log", '{"on":"*"}');
}

export function aDelivery(parts: Partial<Delivery> = {}): Delivery {
  return {
    hook: "default",
    receivedAt: 1_795_485_891_939,
    meta: { secretNumber: 1 },
    body: Buffer.from('{"type":"note"}'),
    ...parts,
  };
}

export function anIdentity(eventId: unknown, server = "https://misskey.example"): EventIdentity {
  return { server, eventId };
}

let eventNumber = 0;

/** Accepts a new event of its own for each size of body, in this order. */
export async function acceptEvents(redis: Redis, ...bodySizes: readonly number[]): Promise<EventId[]> {
  const ids: EventId[] = [];
  for (const size of bodySizes) {
    const delivery = aDelivery({ body: Buffer.alloc(size, "x") });
    ids.push((await accept(redis, delivery, anIdentity(`event-${(eventNumber += 1)}`), WINDOW)).id);
  }
  return ids;
}

/** The stream id of an event that is certainly there. */
export function streamIdOf(id: EventId): string {
  const streamId = toStreamId(id);
  if (streamId === undefined) throw new Error(`${id} is no event id`);
  return streamId;
}

/** Everything that Redis holds, to see that a call changed nothing. */
export async function contents(redis: Redis): Promise<ReadonlyMap<string, unknown>> {
  const names = (await redis.keys("*")).toSorted();
  const dumps = await Promise.all(names.map((name) => redis.dumpBuffer(name)));
  return new Map(names.map((name, index) => [name, dumps[index]?.toString("hex")]));
}
