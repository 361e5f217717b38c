import type { RecordedError } from "../src/run-record.ts";
import { keys } from "@misskeep/redis";
import { aBody, anId, type World } from "./world.ts";

export interface PlacedLetter {
  readonly id?: string;
  readonly processor?: string;
  readonly diedAt?: number;
  readonly attempts?: number;
  readonly error?: RecordedError;
  readonly hook?: string;
  readonly body?: object | string;
}

/** Puts a job into the failed set as BullMQ and the worker leave it, at any time and with any error. */
export async function placeDead(world: Pick<World, "redis">, letter: PlacedLetter = {}): Promise<string> {
  const { id = anId(), processor = "p", diedAt = Date.now(), attempts = 1, hook = "default" } = letter;
  const { error = { name: "Error", message: "broken" }, body = aBody() } = letter;
  const history = [
    { attempt: attempts, worker: "w1", startedAt: diedAt, endedAt: diedAt, end: "dead", error },
  ];
  const data = { hook, receivedAt: diedAt, body: typeof body === "string" ? body : JSON.stringify(body) };
  await world.redis.hset(keys.queue(processor, id), {
    name: "event",
    data: JSON.stringify(data),
    opts: "{}",
    timestamp: diedAt,
    delay: 0,
    priority: 0,
    atm: attempts,
    ats: attempts,
    processedOn: diedAt,
    finishedOn: diedAt,
    failedReason: `${error.name}: ${error.message}`,
    "mk:history": JSON.stringify(history),
  });
  await world.redis.zadd(keys.queue(processor, "failed"), diedAt, id);
  return id;
}

/** Everything in the index of a processor, for comparing two of them. */
export async function dumpIndex(
  { redis }: Pick<World, "redis">,
  processor = "p",
): Promise<Record<string, unknown>> {
  const prefix = keys.dead(processor, "");
  const dump: Record<string, unknown> = {};
  for (const key of (await redis.keys(`${prefix}*`)).toSorted()) {
    const type = await redis.type(key);
    dump[key.slice(prefix.length)] =
      type === "hash"
        ? await redis.hgetall(key)
        : type === "zset"
          ? await redis.zrange(key, "0", "-1", "WITHSCORES")
          : await redis.get(key);
  }
  return dump;
}
