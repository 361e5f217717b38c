import { setTimeout as sleep } from "node:timers/promises";
import { type Context, listWorkers, type Run, showRun } from "@misskeep/operations";
import type { ExitCode } from "./errors.ts";
import type { Terminal } from "./terminal.ts";

const LOOK_EVERY_MS = 500;

export interface Followed {
  readonly run: Run;
  /** Why it is not followed, where it has not ended. */
  readonly left: "interrupted" | "detached" | "no-worker" | "waits" | undefined;
}

/**
 * Watches a run until it ends or waits for a person. Ctrl-C ends the watching; the run goes on, in the workers.
 * Without a live worker nothing would happen, so that nobody waits for it.
 */
export async function followRun(
  context: Context,
  id: string,
  terminal: Terminal | undefined,
): Promise<Followed> {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once("SIGINT", interrupt);
  let run = await showRun(context, id);
  const bar = await terminal?.bar(run.total);
  try {
    for (;;) {
      bar?.update(run.done, run.total, itemsText(run));
      if (run.state === "done" || run.state === "cancelled") return { run, left: undefined };
      if (run.state === "paused" || run.state === "stopped") return { run, left: "waits" };
      if (interrupted.signal.aborted) return { run, left: "interrupted" };
      if (!(await listWorkers(context)).some(({ live }) => live)) return { run, left: "no-worker" };
      await sleep(LOOK_EVERY_MS, undefined, { signal: interrupted.signal }).catch(() => undefined);
      run = await showRun(context, id);
    }
  } finally {
    bar?.stop();
    process.off("SIGINT", interrupt);
  }
}

/** 1 where some of it is dead again or it was cancelled, 3 where it has not ended. */
export function exitCodeOf({ run, left }: Followed): ExitCode {
  if (left === "detached") return 0;
  if (left !== undefined) return 3;
  return run.items.dead > 0 || run.state === "cancelled" ? 1 : 0;
}

/** What became of a run's jobs, in a few words. */
export function itemsText({ items }: Pick<Run, "items">): string {
  const parts = Object.entries(items).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []));
  return parts.length > 0 ? parts.join(", ") : "nothing done yet";
}
