import { type Context, planRun, type Run, showRun, startRun } from "@misskeep/operations";
import { type RunDeps, startProcessorWorker, startRunner } from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";
import { PROCESSOR } from "./fill.ts";

const LOOK_EVERY_MS = 1_000;
const log: ReturnType<RunDeps["log"]> = {
  debug: () => {},
  info: () => {},
  warn: complain,
  error: complain,
};

function complain(fields: object, message: string): void {
  process.stderr.write(`${message}: ${String((fields as { err?: unknown }).err)}\n`);
}

/**
 * Replays every letter by a run, at full speed, through one worker whose processor does nothing; all in this process.
 *
 * @param shared a connection of role `worker`
 * @param onProgress told every second
 * @returns how long it took, ms, from the start of the run to its end
 */
export async function replayAll(
  context: Context,
  shared: Redis,
  onProgress: (run: Run) => void,
): Promise<{ readonly planMs: number; readonly ms: number; readonly run: Run }> {
  const { redis, queues } = context;
  const worker = startProcessorWorker(
    {
      name: PROCESSOR,
      retry: { attempts: 20, backoff: () => 1_000, maxAgeMs: 86_400_000 },
      timeoutMs: 30_000,
      concurrency: 50,
      run: () => ({ type: "handled" }),
    },
    shared,
    {
      redis,
      worker: "bench",
      logFor: () => log,
      onRun: () => {},
      onZombie: () => {},
      pause: () => Promise.resolve(),
    },
  );
  const stopRunner = startRunner({ redis, queues, shared, log });
  const began = performance.now();
  const plan = await planRun(context, { kind: "replay", filter: { processor: PROCESSOR } });
  const planned = performance.now();
  const { scope, until, total } = plan;
  const { id } = await startRun(
    context,
    { scope, name: "All", until, total, ratePerSecond: null, guard: null },
    { by: "bench", why: "" },
  );
  try {
    for (;;) {
      const run = await showRun(context, id);
      onProgress(run);
      if (run.endedAt !== null) return { planMs: planned - began, ms: performance.now() - planned, run };
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    await Promise.all([stopRunner(), worker.stop(1_000)]);
  }
}
