/** A steady rate for a long time and no faults: memory of every process and of Redis stays flat, and latency too. */
import { setTimeout as sleep } from "node:timers/promises";
import { keys, parseInfo } from "@misskeep/redis";
import { type HeapWatch, watchHeaps } from "./heap-watch.ts";
import { residentMb } from "./process-figures.ts";
import { createRandom } from "./random.ts";
import { startSender } from "./sender.ts";
import { judgeSoak, type Sample, type SoakVerdict, type Times } from "./soak-judge.ts";
import { openWorld, PROCESSORS, SECRET, startFleet, type World } from "./world.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly minutes: number;
  /** First sends a second. */
  readonly rate: number;
  readonly ledgerFile: string;
  readonly root: string | undefined;
  readonly say: (line: string) => void;
}

export interface SoakResult extends SoakVerdict {
  readonly samples: readonly Sample[];
}

const SAMPLES = 60;
/** From asking for a collection until the heap has been looked at after it. */
const HEAP_LOOK_MS = 3_000;
/** How long jobs that ended and delivery ids are kept: much shorter than a soak, so that Redis can be seen to be flat. */
export const RETENTION_MS = 120_000;

/**
 * @throws what the deployment's start throws
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { seed, minutes, rate, ledgerFile, root, say } = options;
  const random = createRandom(seed);
  const idempotencyWindow = `${RETENTION_MS / 1_000}s`;
  const world = await openWorld({ random: random.fork("world"), root, ledgerFile, idempotencyWindow });
  const heaps = watchHeaps(() => world.members);
  try {
    await startFleet(world);
    const events = Math.ceil(rate * minutes * 60);
    const sender = startSender({
      url: `http://127.0.0.1:${world.doorNet.port}/misskey`,
      secret: SECRET,
      ledger: world.ledger,
      random: random.fork("sender"),
      events,
      rate,
      timeScale: 60,
      // It stays as a dead letter until somebody looks, and nobody does.
      without: "no-json",
    });
    const samples: Sample[] = [];
    const seen = { sends: 0, effects: 0 };
    for (let taken = 0; taken < SAMPLES; taken += 1) {
      await sleep(Math.max((minutes * 60_000) / SAMPLES - HEAP_LOOK_MS, 0));
      await forgetEnded(world);
      // One that does little would not collect for a long time, and look as if it grew.
      for (const member of world.members) member.collectGarbage();
      await sleep(HEAP_LOOK_MS);
      const sample = await takeSample(world, seen, heaps);
      samples.push(sample);
      say(JSON.stringify(sample));
    }
    await sender.done;
    return { samples, ...judgeSoak(samples, minutes) };
  } finally {
    heaps.stop();
    await world.close();
  }
}

/**
 * Jobs that ended stay for a day, which no soak lasts: the oldest are taken out here, as their age will do, so that
 * Redis can be seen to be flat.
 */
async function forgetEnded({ redis }: World): Promise<void> {
  for (const name of PROCESSORS) {
    const completed = keys.queue(name, "completed");
    const before = Date.now() - RETENTION_MS;
    for (;;) {
      const ids = await redis.zrangebyscore(completed, "-inf", before, "LIMIT", 0, 200);
      if (ids.length === 0) break;
      await redis.unlink(...ids.map((id) => keys.queue(name, id)));
      await redis.zrem(completed, ...ids);
    }
  }
}

/** @param seen how much of the ledger the samples before this one have seen; it is moved on */
async function takeSample(
  world: World,
  seen: { sends: number; effects: number },
  heaps: HeapWatch,
): Promise<Sample> {
  const { redis, members, ledger } = world;
  const memory = parseInfo(await redis.info("memory"));
  const sends = ledger.sends.slice(seen.sends).filter(({ status }) => status !== undefined);
  const effects = ledger.effects.slice(seen.effects);
  // Sent within the minute before, or earlier by as much as the slowest takes.
  const sentAt = new Map<string, number>();
  for (const { id, from } of ledger.sends.slice(-(sends.length * 3 + 1_000)))
    if (typeof id === "string" && !sentAt.has(id)) sentAt.set(id, from);
  const took = effects.flatMap(({ at, eventId, attempt, key }) => {
    const from = sentAt.get(eventId);
    const isFirst = attempt === 1 && !key.includes(":second");
    return from === undefined || !isFirst ? [] : [at - from];
  });
  seen.sends = ledger.sends.length;
  seen.effects = ledger.effects.length;
  return {
    minute: Math.round(ledger.now() / 6_000) / 10,
    memoryMb: {
      ...Object.fromEntries(members.map((member) => [member.name, residentMb(member.pid() ?? 0)])),
      redis: Math.round((Number(memory.get("used_memory")) / 2 ** 20) * 10) / 10,
    },
    heapMb: heaps.take(),
    answer: toTimes(sends.map(({ from, until }) => until - from)),
    effect: toTimes(took),
    keys: await redis.dbsize(),
  };
}

function toTimes(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}
