/** One run: a deployment under load, faults from a seed, then quiet; and what of it all held. */
import { setTimeout as sleep } from "node:timers/promises";
import { waitUntilReady } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import type { Fault } from "./faults/fault.ts";
import { type FinalState, findLocks, findStuck, readFinalState } from "./final-state.ts";
import { groupBy } from "./group-by.ts";
import { findLost, findViolations, isAcknowledged, type Violation } from "./invariants.ts";
import type { LedgerData } from "./ledger.ts";
import { createRandom } from "./random.ts";
import { planStrikes, type Strike } from "./schedule.ts";
import { type Sender, startSender } from "./sender.ts";
import { strikeAll } from "./strike.ts";
import {
  type Deployment,
  LATE,
  openReplicatedWorld,
  openWorld,
  PROCESSORS,
  type ReplicatedWorld,
  SECRET,
  startFleet,
  TOKEN,
  type World,
  type WorldOptions,
} from "./world.ts";

export interface RunOptions {
  readonly seed: number;
  readonly events: number;
  /** First sends a second. */
  readonly rate: number;
  /** How many strikes. */
  readonly faults: number;
  readonly ledgerFile: string;
  readonly say: (line: string) => void;
  /** Another copy of the repository. @default this one */
  readonly root?: string | undefined;
  /** With `second`, Redis may lose what it just took: then only what the spool answered for is judged. @default "disk" */
  readonly durability?: "second" | undefined;
  /** By how much Misskey's waits are shortened. @default 60: its 12 minutes are 12 s */
  readonly timeScale?: number;
  /** How long nothing may go on at the end while something is left to do, ms. @default 300,000 */
  readonly drainMs?: number;
}

export interface RunResult {
  readonly options: RunOptions;
  readonly violations: readonly Violation[];
  readonly ledger: LedgerData;
  /** From the last fault's end until nothing was left to do, ms. */
  readonly drainedMs: number;
  readonly jobs: number;
  readonly dead: number;
  /** How often each outcome was recorded; a job that waits to be put in quarantine or discarded has none. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  /** Acknowledged events that a failover lost, as it may: their indexes. */
  readonly lost: readonly number[];
}

/** @typeParam W what the faults strike in */
interface Kinds<W> {
  /** The kinds that may strike. */
  readonly kinds: readonly Fault<W>[];
}

const ALL = [...PROCESSORS, LATE, "quarantine"];

/** On one Redis server. */
export function runFaults(options: RunOptions & Kinds<World>): Promise<RunResult> {
  return run(options, openWorld);
}

/**
 * On a master with two replicas and three sentinels.
 *
 * @param options.minReplicas how many have to be connected, or the master takes no writes
 */
export function runFailovers(
  options: RunOptions & Kinds<ReplicatedWorld> & { readonly minReplicas: number },
): Promise<RunResult> {
  const { minReplicas } = options;
  return run(options, (world) => openReplicatedWorld({ ...world, minReplicas }), true);
}

/** @param settles whether the spool keeps what it gave to Redis for a while */
async function run<W extends Deployment>(
  options: RunOptions & Kinds<W>,
  open: (options: WorldOptions) => Promise<W>,
  settles = false,
): Promise<RunResult> {
  const { seed, events, rate, faults, kinds, ledgerFile, say, root } = options;
  const random = createRandom(seed);
  const strikes = planStrikes(kinds, {
    count: faults,
    within: (events / rate) * 1_000,
    random: random.fork("schedule"),
  });
  say(`seed ${seed}: ${events} events at ${rate}/s, ${faults} faults; the ledger is ${ledgerFile}`);
  const world = await open({
    random: random.fork("world"),
    ledgerFile,
    root,
    durability: options.durability,
  });
  try {
    await startFleet(world);
    say("the deployment is ready");
    const sender = startSender({
      url: `http://127.0.0.1:${world.doorNet.port}/misskey`,
      secret: SECRET,
      ledger: world.ledger,
      random: random.fork("sender"),
      events,
      rate,
      timeScale: options.timeScale ?? 60,
    });
    const stopTelling = tellProgress(world, sender, say);
    await underFaults(world, strikes, sender, random.fork("strikes"), say);
    stopTelling();
    return await judge(world, options, settles);
  } finally {
    await world.close();
  }
}

async function underFaults<W extends Deployment>(
  world: W,
  strikes: readonly Strike<W>[],
  sender: Sender,
  random: ReturnType<typeof createRandom>,
  say: (line: string) => void,
): Promise<void> {
  await strikeAll(world, strikes, random, say);
  await sender.done;
  world.receiver.forget();
}

/** Waits until everything is done, and looks at what is left. */
async function judge(world: Deployment, options: RunOptions, settles: boolean): Promise<RunResult> {
  const { ledger, redis } = world;
  const { say } = options;
  const calmSince = ledger.now();
  // Whoever had a processor that no worker runs any more can only drain it with one that does.
  if (world.lateSince() !== undefined) world.join("worker", "worker-drain", [...PROCESSORS, LATE]);
  await Promise.all(world.members.map((member) => member.ready()));
  await waitUntilReady(redis, 30_000);
  say("no more faults; draining");
  const drained = await drain(world, options, settles);
  const drainedMs = ledger.now() - calmSince;
  const { final, violations } = settles ? await waitForSpool(world, options, drained) : drained;
  return {
    ...outcomeOf(options, ledger, final),
    violations,
    drainedMs,
    lost: findLost({ ledger, final }),
  };
}

interface Drained {
  readonly final: FinalState;
  readonly violations: readonly Violation[];
}

/** What acts again and again for ever looks as if it went on. */
const LONGEST_DRAIN_MS = 3_600_000;

async function drain(world: Deployment, options: RunOptions, settles: boolean): Promise<Drained> {
  const { ledger, redis } = world;
  const { drainMs = 300_000 } = options;
  let stuck: readonly string[] = [];
  const isDone = async (): Promise<boolean> => {
    const spooled = settles ? [] : world.disk.spooled().map((name) => `in the spool: ${name}`);
    stuck = [...(await findStuck(redis, ALL)), ...spooled];
    return stuck.length === 0;
  };
  let moved = { at: ledger.now(), effects: ledger.effects.length };
  // A slow machine is no fault; that nothing goes on is.
  const isOver = async (): Promise<boolean> => {
    if (await isDone()) return true;
    const effects = ledger.effects.length;
    if (effects > moved.effects) moved = { at: ledger.now(), effects };
    return ledger.now() - moved.at > drainMs;
  };
  await until(isOver, { timeout: LONGEST_DRAIN_MS, every: 500 }).catch(() => undefined);
  // A run that just ended may still be telling BullMQ so.
  await sleep(500);
  const final = await readFinalState(redis, ALL);
  const locks = await findLocks(redis, ALL);
  const others = [
    ...locks.map((lock) => `the lock ${lock}`),
    ...world.disk.aside().map((name) => `set aside: ${name}`),
    ...(await askEverybody(world)),
  ];
  const isLossy = options.durability === "second";
  const found = findViolations({
    ledger: isLossy ? spooledOnly(ledger) : ledger,
    final: { ...final, stuck: [...stuck, ...others] },
    processors: PROCESSORS,
    late: { name: LATE, since: world.lateSince() },
  });
  return { final, violations: found.filter(({ invariant }) => !isLossy || OF_THE_SPOOL.has(invariant)) };
}

/** What is missing may lie in the spool, which gives it to Redis once more a minute after the first time. */
async function waitForSpool(world: Deployment, options: RunOptions, drained: Drained): Promise<Drained> {
  let last = drained;
  const isMissing = (): boolean => last.violations.some(({ invariant }) => invariant === "kept");
  const giveUpAt = world.ledger.now() + SETTLED_MS;
  while (isMissing() && world.disk.spooled().length > 0 && world.ledger.now() < giveUpAt) {
    options.say("something is missing, and the spool has not gone through all that it keeps");
    await sleep(10_000);
    last = await drain(world, options, true);
  }
  return last;
}

const SETTLED_MS = 150_000;

/** What there is to say of a run, but for its judgement. */
export function outcomeOf(
  options: RunOptions,
  ledger: LedgerData,
  { jobs }: FinalState,
): Omit<RunResult, "violations" | "drainedMs" | "lost"> {
  const sends = groupBy(ledger.sends, (send) => send.index);
  return {
    options,
    ledger: { ...ledger },
    jobs: jobs.length,
    dead: jobs.filter(({ end }) => end === "failed").length,
    outcomes: Object.fromEntries(
      [...groupBy(jobs, ({ outcome }) => outcome?.type ?? "none")].map(([type, own]) => [type, own.length]),
    ),
    acknowledged: ledger.sent.filter(({ index }) => isAcknowledged(sends.get(index) ?? [])).length,
  };
}

/** What must hold even where Redis forgets. */
const OF_THE_SPOOL: ReadonlySet<string> = new Set(["kept", "never-final", "nothing-stuck"]);

/** The events that were kept by the spool, as far as that is known, and no effects. */
function spooledOnly(ledger: LedgerData): LedgerData {
  const spooled = new Set(ledger.sends.filter(({ id }) => id === null).map(({ index }) => index));
  return { ...ledger, sent: ledger.sent.filter(({ index }) => spooled.has(index)), effects: [] };
}

/** Whether every app answers as it should. @returns who does not */
async function askEverybody(world: Deployment): Promise<readonly string[]> {
  const silent: string[] = [];
  for (const member of world.members) {
    const path = member.app === "console" ? "api/overview" : "ready";
    const url = `http://127.0.0.1:${member.port()}/${path}`;
    const ask = async (): Promise<boolean> =>
      (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).status === 200;
    await until(ask, { timeout: 30_000, every: 250 }).catch(() => silent.push(`${member.name} is not well`));
  }
  return silent;
}

function tellProgress(world: Deployment, sender: Sender, say: (line: string) => void): () => void {
  const timer = setInterval(() => {
    const { ledger, receiver } = world;
    say(
      `${Math.round(ledger.now() / 1_000)} s: ${sender.sent()} events sent in ${ledger.sends.length} sends, ` +
        `${receiver.count()} effects, ${ledger.faults.length} faults`,
    );
  }, 30_000);
  return () => clearInterval(timer);
}
