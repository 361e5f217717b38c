import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import type { Queues } from "../queues.ts";
import { act, AT_ONCE } from "./act.ts";
import { changeState } from "./change-state.ts";
import { judgeGuard } from "./judge-guard.ts";
import { createPace } from "./pace.ts";
import { scripts } from "./scripts.ts";
import { selectItems } from "./select-items.ts";
import { settleItems } from "./settle-items.ts";
import { countItems, readRun, type StoredRun } from "./stored-run.ts";
import { createWindow } from "./window.ts";

export interface ExecuteDeps {
  /** A connection of role `command`. */
  readonly redis: Redis;
  readonly queues: Queues;
  readonly log: Log;
}

/** How often a run looks what became of its jobs, ms. */
const LOOK_MS = 200;
/** How often it looks at some of those that failed and will be tried again, ms. */
const LOOK_AT_FAILING_MS = 5_000;

/**
 * Executes a run until it waits for a person or has ended. All that it knows is in Redis, so that it can die at any
 * point and be executed again, by any worker, and also by two at once.
 *
 * ```
 * select all its jobs ──▶ deal with some ⇄ look what became of them ──▶ done
 * ```
 *
 * @param signal stops it
 * @throws what Redis throws; the signal's reason
 */
export async function executeRun(
  deps: ExecuteDeps,
  { processor, run: id }: { readonly processor: string; readonly run: string },
  signal: AbortSignal,
): Promise<void> {
  const { redis, log } = deps;
  const now = (): number => performance.now();
  const window = createWindow();
  let pace: ReturnType<typeof createPace> | undefined;
  let lookedAt = -Infinity;
  let failingLookedAt = now();
  const end = async (to: "done" | "stopped", why = ""): Promise<void> => {
    await changeState(redis, processor, id, { to, why });
    log.info({ run: id, processor, state: to, why }, "a run ended or stopped");
  };

  for (;;) {
    signal.throwIfAborted();
    const run = await readRun(redis, processor, id);
    if (!run || (run.state !== "running" && run.state !== "trying")) return;
    if (!run.selected) {
      await select(redis, run);
      continue;
    }
    const { about } = run;
    pace ??= createPace(about.ratePerSecond, now);
    if (now() - lookedAt >= LOOK_MS) {
      await look(redis, run, window, now() - failingLookedAt >= LOOK_AT_FAILING_MS);
      lookedAt = now();
      if (lookedAt - failingLookedAt >= LOOK_AT_FAILING_MS) failingLookedAt = lookedAt;
    }
    const items = await countItems(redis, processor, id);
    if (items.planned === 0 && items.running === 0) return end("done");
    const verdict = run.guard ? judgeGuard(run.guard, items) : "passed";
    if (run.state === "trying" && verdict !== "wait") {
      if (verdict === "failed") return end("stopped", whyStopped(run, items));
      await changeState(redis, processor, id, {
        to: "running",
        ...(verdict === "passed" ? { guard: "passed" } : {}),
      });
      continue;
    }
    const isTried = verdict === "wait" || verdict === "failed";
    if (isTried && items.planned > 0 && run.state === "running") {
      await changeState(redis, processor, id, { to: "trying" });
      continue;
    }
    const room = Math.min(
      isTried ? 0 : verdict === "passed" ? Infinity : verdict,
      about.kind === "replay" || about.kind === "backfill" ? window.room(items.running) : Infinity,
      pace.allowed(),
      AT_ONCE[about.kind],
      items.planned,
    );
    if (room >= 1) {
      const ids = await redis.zrange(
        keys.runItems(processor, id, "planned"),
        0,
        String(Math.floor(room) - 1),
      );
      await act(deps, run, ids);
      pace.spend(ids.length);
    } else {
      const untilLook = lookedAt + LOOK_MS - now();
      const wait = items.planned > 0 && pace.waitMs() > 0 ? Math.min(pace.waitMs(), untilLook) : untilLook;
      await sleep(Math.max(wait, 1), undefined, { signal });
    }
  }
}

/** Adds one page of the jobs that the run means. */
async function select(redis: Redis, run: StoredRun): Promise<void> {
  const { processor, id, about, cursor } = run;
  const page = await selectItems(redis, about.scope, about.until, cursor || undefined);
  const name = about.kind === "backfill" ? (item: string) => `${item}~${id}` : (item: string) => item;
  await scripts.plan.run(
    redis,
    [keys.run(processor, id), keys.runItems(processor, id, "planned")],
    [cursor, page.next ?? "", ...page.items.flatMap((item) => [item.score, name(item.id)])],
  );
}

async function look(
  redis: Redis,
  run: StoredRun,
  window: ReturnType<typeof createWindow>,
  alsoFailing: boolean,
): Promise<void> {
  const inState = (state: string): string => keys.runItems(run.processor, run.id, state);
  const running = await redis.zrange(inState("running"), 0, "-1");
  await settleItems(redis, run, running);
  const left = await redis.zcard(inState("running"));
  window.looked(left, running.length - left);
  if (!alsoFailing) return;
  // Some of them at random each time: there can be very many, and for hours.
  const failing = await redis.zrandmember(inState("failing"), 200);
  await settleItems(redis, run, Array.isArray(failing) ? failing : []);
}

function whyStopped({ guard }: StoredRun, items: Awaited<ReturnType<typeof countItems>>): string {
  const failed = items.dead + items.failing;
  const tried = failed + items.handled + items.ignored;
  return `${failed} of the first ${tried} failed; at most ${guard?.maxFailed ?? 0} % were to.`;
}
