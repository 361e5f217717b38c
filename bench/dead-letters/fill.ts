import { keys, type Redis } from "@misskeep/redis";
import { exampleBody } from "@misskeep/schema";

export const PROCESSOR = "bench";
const TYPES = ["note", "mention", "reply", "renote", "followed", "edited", "abuseReport", "follow"] as const;
const HOOKS = ["default", "friends", "moderation"] as const;
const PEOPLE = 2_000;
const DAYS_7 = 7 * 86_400_000;
const AT_ONCE = 250;
const STACK = Array.from(
  { length: 8 },
  (_, i) => `    at handle${i} (/srv/misskeep/processors/bench.js:${i}:1)`,
);

/** Errors as processors meet them, the frequent ones first. */
const ERRORS: readonly ((i: number) => { name: string; message: string; code?: string })[] = [
  (i) => ({ name: "Error", message: `connect ECONNREFUSED 10.0.${i % 256}.7:443`, code: "ECONNREFUSED" }),
  (i) => ({ name: "PermanentError", message: `note 9x${i.toString(36)}k2m3n4 does not exist` }),
  (i) => ({ name: "TimedOut", message: `no answer within ${30_000 + (i % 7)} ms`, code: "TIMED_OUT" }),
  (i) => ({ name: "HttpError", message: `The target answered 503 after ${i} ms`, code: "HTTP_503" }),
  (i) => ({ name: "TypeError", message: `Cannot read properties of undefined (reading 'field${i % 5}')` }),
  (i) => ({ name: "Error", message: `user @user${i}@host${i % 50}.example is unknown` }),
];

/**
 * Fills a queue's failed set with dead letters of about 2.5 KB, as BullMQ and the worker leave them. Nothing is put
 * into the index.
 */
export async function fill(redis: Redis, count: number, now: number): Promise<void> {
  for (let start = 0; start < count; start += AT_ONCE) {
    const pipeline = redis.pipeline();
    for (let i = start; i < Math.min(start + AT_ONCE, count); i += 1) {
      const { id, diedAt, fields } = letter(i, count, now);
      pipeline.hset(keys.queue(PROCESSOR, id), fields);
      pipeline.zadd(keys.queue(PROCESSOR, "failed"), diedAt, id);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }
  await redis.hset(
    keys.subscriptions,
    PROCESSOR,
    JSON.stringify({ since: now, seenAt: now, any: [{ on: ["*"] }] }),
  );
}

function letter(i: number, count: number, now: number) {
  const diedAt = now - DAYS_7 + Math.floor((i / count) * DAYS_7);
  const id = `0-${diedAt - 60_000}-${i % 10}`;
  // The square makes the first of a list far more frequent than the last.
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[Math.floor((((i * salt) % 1_009) / 1_009) ** 2 * list.length)] as T;
  const attempts = pick([20, 1, 5, 3, 12], 13);
  const error = { ...pick(ERRORS, 7)(i), stack: STACK.join("\n") };
  const history = Array.from({ length: Math.min(attempts, 2) }, (_, run) => ({
    attempt: run + 1,
    worker: "worker-1",
    startedAt: diedAt - 50,
    endedAt: diedAt,
    end: "dead",
    error,
  }));
  const data = {
    hook: pick(HOOKS, 3),
    receivedAt: diedAt - 60_000,
    host: "misskey.example",
    body: body(i, pick(TYPES, 11)),
  };
  return {
    id,
    diedAt,
    fields: {
      name: "event",
      data: JSON.stringify(data),
      opts: '{"attempts":2147483648}',
      timestamp: diedAt - 60_000,
      delay: 0,
      priority: 0,
      atm: attempts,
      ats: attempts,
      processedOn: diedAt - 50,
      finishedOn: diedAt,
      failedReason: `${error.name}: ${error.message}`,
      "mk:history": JSON.stringify(history),
      "mk:outcome": JSON.stringify({ type: "dead", error: { ...error, stack: undefined } }),
    },
  };
}

function body(i: number, type: (typeof TYPES)[number]): string {
  const delivery = exampleBody(type) as { body: Record<string, unknown> };
  const user = {
    id: `u${i % PEOPLE}`,
    username: `user${i % PEOPLE}`,
    name: "User",
    host: `host${i % 50}.example`,
  };
  const about = delivery.body["note"] ?? delivery.body;
  Object.assign(about, { user, targetUser: user, text: `Number ${i}. ${"おはよう ".repeat(20)}` });
  return JSON.stringify(delivery);
}
