/** A steady rate for a long time and no faults: memory of every process and of Redis stays flat, and latency too. */
import { setTimeout as sleep } from "node:timers/promises";
import { keys, parseInfo } from "@misskeep/redis";
import { residentMb } from "./process-figures.ts";
import { createRandom } from "./random.ts";
import { startSender } from "./sender.ts";
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

export interface Sample {
  readonly minute: number;
  /** By the process's name, and `redis`. MB. */
  readonly memoryMb: Readonly<Record<string, number>>;
  /** Since the sample before: how long an answer took, ms. */
  readonly answer: Times;
  /** From the first sending of an event to its first effect, ms. */
  readonly effect: Times;
  /** What Redis holds of jobs that ended. */
  readonly keys: number;
}

interface Times {
  readonly median: number;
  readonly p99: number;
}

export interface SoakResult {
  readonly samples: readonly Sample[];
  /** From the second half: what each grows by in an hour, in percent of its mean. */
  readonly growth: Readonly<Record<string, number>>;
  /** The median of the last third by that of the middle third. */
  readonly slower: { readonly answer: number; readonly effect: number };
  readonly findings: readonly string[];
}

const SAMPLES = 60;
/** A heap breathes; what leaks grows without end. */
const MOST_GROWTH_PERCENT = 15;
/** A machine has other work now and then; what queues up grows without end. */
const MOST_SLOWER = 2;

/**
 * @throws what the deployment's start throws
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { seed, minutes, rate, ledgerFile, root, say } = options;
  const random = createRandom(seed);
  const idempotencyWindow = `${RETENTION_MS / 1_000}s`;
  const world = await openWorld({ random: random.fork("world"), root, ledgerFile, idempotencyWindow });
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
    });
    const samples: Sample[] = [];
    const seen = { sends: 0, effects: 0 };
    for (let taken = 0; taken < SAMPLES; taken += 1) {
      await sleep((minutes * 60_000) / SAMPLES);
      await forgetEnded(world);
      const sample = await takeSample(world, seen);
      samples.push(sample);
      say(JSON.stringify(sample));
    }
    await sender.done;
    return judge(samples, minutes);
  } finally {
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

const RETENTION_MS = 120_000;

/** @param seen how much of the ledger the samples before this one have seen; it is moved on */
async function takeSample(world: World, seen: { sends: number; effects: number }): Promise<Sample> {
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
      redis: Math.round(Number(memory.get("used_memory")) / 2 ** 20),
    },
    answer: toTimes(sends.map(({ from, until }) => until - from)),
    effect: toTimes(took),
    keys: await redis.dbsize(),
  };
}

function toTimes(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}

function judge(samples: readonly Sample[], minutes: number): SoakResult {
  const later = samples.slice(samples.length >> 1);
  const names = Object.keys(later[0]?.memoryMb ?? {});
  const growth = Object.fromEntries(
    names.map((name) => {
      const values = later.map(({ memoryMb }) => memoryMb[name] ?? 0);
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
      return [name, Math.round((slope(values) * values.length * (120 / minutes) * 100) / Math.max(mean, 1))];
    }),
  );
  const findings = Object.entries(growth)
    .filter(([, percent]) => percent > MOST_GROWTH_PERCENT)
    .map(([name, percent]) => `${name} would grow by ${percent} % in an hour`);
  const slower = { answer: slowerBy(samples, "answer"), effect: slowerBy(samples, "effect") };
  for (const [what, times] of Object.entries(slower))
    if (times > MOST_SLOWER) findings.push(`${what}s became ${times} times as slow`);
  return { samples, growth, slower, findings };
}

function slowerBy(samples: readonly Sample[], what: "answer" | "effect"): number {
  const third = Math.floor(samples.length / 3);
  const middleOf = (part: readonly Sample[]): number => toTimes(part.map((each) => each[what].median)).median;
  const before = middleOf(samples.slice(third, 2 * third));
  // A clock of whole milliseconds: 0 and 1 are alike.
  return Math.round((middleOf(samples.slice(-third)) / Math.max(before, 1)) * 100) / 100;
}

/** Of the least squares' line through the values, a step. */
function slope(values: readonly number[]): number {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(n, 1);
  const over = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const under = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

export function toSoakReport({ samples, growth, slower, findings }: SoakResult): string {
  const names = Object.keys(samples[0]?.memoryMb ?? {});
  const shown = samples.filter((_, index) => index % 5 === 4);
  const rows = shown.map(({ minute, memoryMb, answer, effect, keys: keyCount }) => [
    minute,
    ...names.map((name) => memoryMb[name] ?? 0),
    answer.median,
    answer.p99,
    effect.median,
    effect.p99,
    keyCount,
  ]);
  const head = [
    "minute",
    ...names.map((name) => `${name}, MB`),
    "answer, median ms",
    "99 %, ms",
    "effect, median ms",
    "99 %, ms",
    "keys",
  ];
  return [
    findings.length === 0 ? "**Flat.**" : findings.map((each) => `- ${each}`).join("\n"),
    "",
    `Growth in an hour by the second half, in percent: ${Object.entries(growth)
      .map(([name, percent]) => `${name} ${percent}`)
      .join(", ")}`,
    "",
    `The median of the last third by that of the middle third: answers ${slower.answer}, effects ${slower.effect}`,
    "",
    ...[head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
}
