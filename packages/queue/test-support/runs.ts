import { handled } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { createRun } from "../src/runs/create-run.ts";
import { findRun } from "../src/runs/find-runs.ts";
import type { Run, RunGuard, RunScope } from "../src/runs/run.ts";
import { type RunnerDeps, startRunner } from "../src/runs/start-runner.ts";
import { indexDeadLetters } from "../src/dead-index/update-letters.ts";
import { placeDead } from "./dead-index.ts";
import { aRunnable, testLog, type World } from "./world.ts";

/** What executes runs in a worker, until the test ends. */
export function startTestRunner(world: World, options: Partial<RunnerDeps> = {}): { stop(): Promise<void> } {
  const deps = { redis: world.redis, queues: world.queues, shared: world.shared, log: testLog(world.log) };
  const stop = startRunner({ ...deps, ...options });
  let stopped: Promise<void> | undefined;
  const once = (): Promise<void> => (stopped ??= stop());
  onTestFinished(once);
  return { stop: once };
}

/** Dead letters in a row, the oldest first, a second apart. */
export async function deadLetters(world: World, count: number, processor = "p"): Promise<string[]> {
  const ids: string[] = [];
  const place = async (i: number): Promise<string> => {
    const id = await placeDead(world, { processor, diedAt: LONG_AGO + i * 1_000 });
    await world.redis.hset(keys.queue(processor, id), "opts", OPTIONS);
    return id;
  };
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(100, count - ids.length) }, (_, i) => ids.length + i);
    const placed = await Promise.all(some.map(place));
    await indexDeadLetters(world.redis, processor, placed);
    ids.push(...placed);
  }
  return ids;
}

/** As dispatchers give them: attempts and backoff are the worker's own. */
const OPTIONS = JSON.stringify({ attempts: 2 ** 31, backoff: { type: "custom" } });

/** Before any test. */
export const LONG_AGO = Date.UTC(2026, 0, 1);

export interface RunOptions {
  readonly scope?: RunScope;
  readonly until?: number;
  readonly total?: number;
  readonly ratePerSecond?: number | null;
  readonly guard?: RunGuard | null;
}

/** Creates a run, as the verb does. @default replays all of `p` that died in the past */
export async function createTestRun(world: World, options: RunOptions = {}): Promise<string> {
  const { scope = { kind: "replay", filter: { processor: "p" } }, total = 1 } = options;
  const result = await createRun(world.redis, {
    processor: "filter" in scope ? scope.filter.processor : scope.processor,
    name: "a run",
    kind: scope.kind,
    scope,
    by: "mio",
    why: "mended",
    createdAt: Date.now(),
    until: options.until ?? LONG_AGO + 86_400_000,
    total,
    ratePerSecond: options.ratePerSecond ?? null,
    guard: options.guard ?? null,
  });
  if ("active" in result) throw new Error(`Run ${result.active} is under way.`);
  return result.created;
}

export async function showTestRun(world: World, id: string): Promise<Run> {
  const run = await findRun(world.redis, id);
  if (!run) throw new Error(`There is no run ${id}.`);
  return run;
}

export function untilRun(world: World, id: string, reached: (run: Run) => boolean): Promise<Run> {
  const ask = async (): Promise<Run | undefined> => {
    const run = await showTestRun(world, id);
    return reached(run) ? run : undefined;
  };
  return until(ask, { timeout: 100_000 });
}

export const inState =
  (state: Run["state"]) =>
  (run: Run): boolean =>
    run.state === state;

/** How often each letter was replayed. */
export async function replaysOf(
  world: World,
  ids: readonly string[],
  processor = "p",
): Promise<readonly number[]> {
  const counts = ids.map((id) => world.redis.hget(keys.queue(processor, id), "mk:replays"));
  return (await Promise.all(counts)).map((count) => Number(count ?? 0));
}

/** A processor that handles everything and counts the events it got. */
export function aHandler(world: World, name = "p"): string[] {
  const got: string[] = [];
  world.start(
    aRunnable(world, {
      name,
      concurrency: 20,
      handle(event, { idempotencyKey }) {
        got.push(idempotencyKey);
        return handled();
      },
    }),
  );
  return got;
}

/** Waits until the worker that executes a run has let it go. */
export async function untilNoticed(world: World, id: string): Promise<void> {
  await until(async () => (await world.redis.exists(`${keys.internalPrefix}:runs:${id}`)) === 0);
}
