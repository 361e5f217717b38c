import { keys, type Redis, type ScriptArgument } from "@misskeep/redis";
import { scripts } from "./scripts.ts";

/** One delivery's part of a call of accept.lua. */
export interface Part {
  readonly keys: readonly string[];
  readonly args: readonly ScriptArgument[];
  /** Of the body. */
  readonly bytes: number;
}

/** 1 for a new event, 0 for a duplicate; its stream id. */
export type PartReply = readonly [0 | 1, string];

/** The script refused this delivery alone. Named as ioredis names all that Redis answers with. */
class DeliveryRefused extends Error {
  override readonly name = "ReplyError";
}

interface Batch {
  /** Of all its deliveries. */
  readonly windowMs: number;
  readonly keys: string[];
  readonly args: ScriptArgument[];
  readonly waiting: { resolve(reply: PartReply): void; reject(error: unknown): void }[];
  bytes: number;
}

/** Redis does nothing else meanwhile: some 15 µs a delivery. */
const MOST = { deliveries: 64, bytes: 1024 ** 2 };

/** What goes with the next call over a connection. */
const batches = new WeakMap<Redis, Batch>();

/**
 * Accepts a delivery together with all others of this turn of the event loop: under load a call, its promise and its
 * time-out cost as much as what Redis does for one delivery. None waits for it: the call leaves as soon as the input
 * that is there has been looked at.
 *
 * @param windowMs how long its key is remembered, ms
 * @throws what the connection or Redis throws, which strikes all of a call; DeliveryRefused, which strikes one
 */
export function acceptTogether(redis: Redis, windowMs: number, part: Part): Promise<PartReply> {
  let batch = batches.get(redis);
  if (batch && !hasRoom(batch, windowMs, part)) {
    send(redis, batch);
    batch = undefined;
  }
  const joined = batch ?? open(redis, windowMs);
  joined.keys.push(...part.keys);
  joined.args.push(...part.args);
  joined.bytes += part.bytes;
  return new Promise((resolve, reject) => {
    joined.waiting.push({ resolve, reject });
  });
}

function hasRoom(batch: Batch, windowMs: number, { bytes }: Part): boolean {
  return (
    batch.windowMs === windowMs && batch.waiting.length < MOST.deliveries && batch.bytes + bytes <= MOST.bytes
  );
}

function open(redis: Redis, windowMs: number): Batch {
  const batch: Batch = {
    windowMs,
    keys: [keys.inbox, keys.counts],
    args: [windowMs],
    waiting: [],
    bytes: 0,
  };
  batches.set(redis, batch);
  setImmediate(() => {
    if (batches.get(redis) === batch) send(redis, batch);
  });
  return batch;
}

function send(redis: Redis, batch: Batch): void {
  batches.delete(redis);
  scripts.accept.run(redis, batch.keys, batch.args).then(
    (reply) => {
      const flat = reply as (-1 | 0 | 1 | string)[];
      for (const [index, { resolve, reject }] of batch.waiting.entries()) {
        const [what, text] = [flat[2 * index] as -1 | 0 | 1, flat[2 * index + 1] as string];
        if (what === -1) reject(new DeliveryRefused(text));
        else resolve([what, text]);
      }
    },
    (error: unknown) => {
      for (const { reject } of batch.waiting) reject(error);
    },
  );
}
