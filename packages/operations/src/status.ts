import { inboxState, listRefusals, listSpools, type SpoolReport } from "@misskeep/inbox";
import { listWorkers } from "@misskeep/queue";
import { checkDurability, type DurabilityReport, redisTime } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { type EventSummary, readEntry } from "./event-summary.ts";
import { listProcessorsOf, type ProcessorStatus } from "./list-processors.ts";
import { type RefusalSummary, summarizeRefusals } from "./summarize-refusals.ts";

/** How everything is. Times are ms since 1970; ages are counted from `at`. */
export interface Status {
  /** By Redis' clock. */
  readonly at: number;
  /** First, since Misskey does not send again what was refused. */
  readonly refusals: RefusalSummary;
  readonly lastEvent: EventSummary | null;
  readonly redis: DurabilityReport;
  /** `silent`: cut off within the last day. */
  readonly workers: { readonly live: number; readonly silent: number };
  readonly inbox: {
    /** Not dispatched yet. */
    readonly waiting: number;
    readonly oldestWaitingAt: number | null;
    readonly entries: number;
    /** Of the bodies. */
    readonly bytes: number;
    /** How far back it reaches. */
    readonly oldestReceivedAt: number | null;
    readonly accepted: number;
    readonly duplicates: number;
    /** Dispatched to nobody, since no processor wanted their type. */
    readonly unsubscribed: number;
  };
  /** Of the ingests, what each said last. */
  readonly spools: readonly SpoolReport[];
  readonly processors: readonly ProcessorStatus[];
}

/** Looks at everything at once; a few dozen cheap calls. */
export async function status(context: Context): Promise<Status> {
  const { redis } = context;
  const [at, refusals, inbox, durability, workers] = await Promise.all([
    redisTime(redis),
    listRefusals(redis),
    inboxState(redis),
    checkDurability(redis),
    listWorkers(redis),
  ]);
  const live = workers.filter((worker) => worker.live).length;
  return {
    at,
    refusals: summarizeRefusals(refusals),
    lastEvent: inbox.newest ? readEntry(inbox.newest).summary : null,
    redis: durability,
    workers: { live, silent: workers.filter((worker) => !worker.live && worker.stoppedAt === null).length },
    inbox: {
      waiting: inbox.waiting,
      oldestWaitingAt: inbox.oldestWaitingAt ?? null,
      entries: inbox.entries,
      bytes: inbox.bytes,
      oldestReceivedAt: inbox.oldestReceivedAt ?? null,
      accepted: inbox.accepted,
      duplicates: inbox.duplicates,
      unsubscribed: inbox.unsubscribed,
    },
    spools: await listSpools(redis, at),
    processors: await listProcessorsOf(context, workers),
  };
}
