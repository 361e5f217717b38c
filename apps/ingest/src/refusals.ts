import type { Refusal, RefusalReason } from "@misskeep/inbox";
import { every } from "./every.ts";
import { clip, type SenderHeaders } from "./headers.ts";

/** What is needed of the inbox: see its `recordRefusals`. */
export type RecordRefusals = (
  newest: readonly Refusal[],
  counts: ReadonlyMap<RefusalReason, number>,
) => Promise<void>;

export interface RefusalsOptions {
  readonly record: RecordRefusals;
  readonly log: { warn(fields: object, message: string): void };
  /** @default 1000 */
  readonly everyMs?: number;
}

export interface RefusalBook {
  /** @param at ms since 1970 */
  add(reason: RefusalReason, at: number, sender: SenderHeaders): void;
  /** Writes down what is not yet, and stops. Never fails. */
  close(): Promise<void>;
}

const KEPT = 100;
const MAX_TEXT = 128;

/**
 * Refusals, counted in memory and written down about once a second: a flood of them costs Redis one write and the log
 * one line a second. While Redis is away the counts wait, with the last 100.
 */
export function keepRefusals({ record, log, everyMs = 1_000 }: RefusalsOptions): RefusalBook {
  let last: Refusal[] = [];
  const unwritten = new Map<RefusalReason, number>();
  let unlogged = new Map<RefusalReason, number>();
  let failing = false;

  const flush = async (): Promise<void> => {
    // As text: the logger takes a field named "wrong-secret" for a secret.
    const reasons = [...unlogged].map(([reason, count]) => `${count} ${reason}`).join(", ");
    if (unlogged.size > 0) log.warn({ reasons, last: last.at(-1) }, "refused");
    unlogged = new Map();
    if (unwritten.size === 0) return;
    const [refusals, counts] = [last, new Map(unwritten)];
    last = [];
    unwritten.clear();
    try {
      await record(refusals.toReversed(), counts);
      failing = false;
    } catch (error) {
      last = [...refusals, ...last].slice(-KEPT);
      for (const [reason, count] of counts) increase(unwritten, reason, count);
      if (!failing) log.warn({ err: error }, "refusals could not be written down yet");
      failing = true;
    }
  };
  const flushing = every(everyMs, flush);

  return {
    add(reason, at, { hookId, host }) {
      increase(unwritten, reason, 1);
      increase(unlogged, reason, 1);
      last.push({
        at,
        reason,
        ...(hookId === undefined ? {} : { hookId: clip(hookId, MAX_TEXT) }),
        ...(host === undefined ? {} : { host: clip(host, MAX_TEXT) }),
      });
      if (last.length > KEPT) last.shift();
    },
    async close() {
      await flushing.stop();
      await flush();
    },
  };
}

function increase(counts: Map<RefusalReason, number>, reason: RefusalReason, by: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + by);
}
