import type { Redis } from "@misskeep/redis";
import { quantilesOf } from "./histogram.ts";
import { readSlots, type Sample, type Slot } from "./slot.ts";
import { type Span, SPANS, startOf } from "./spans.ts";

/** One step of time. null: not recorded. Times are ms since 1970. */
export interface Point {
  /** The start of the step. */
  readonly at: number;
  readonly accepted: number | null;
  readonly duplicates: number | null;
  readonly refused: number | null;
  readonly handled: number | null;
  /** Runs that failed. */
  readonly failed: number | null;
  /** Dead letters that came. */
  readonly died: number | null;
  /** From receipt to handled, ms; null where nothing was handled. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** At the end of the step. */
  readonly waiting: number | null;
  readonly dead: number | null;
  /** Redis' memory, bytes. */
  readonly memory: number | null;
}

/**
 * The steps of a span that are over, the oldest first, without gaps.
 *
 * @param now ms since 1970, by Redis' clock
 * @param shown how many. @default all that the span has
 */
export async function readPoints(
  redis: Redis,
  span: Span,
  now: number,
  shown: number = SPANS[span].shown,
): Promise<readonly Point[]> {
  const { step, stepMs } = SPANS[span];
  const current = startOf(SPANS[span], now);
  // One more before: what came within a step is the difference to the one before.
  const starts = Array.from({ length: shown + 1 }, (_, index) => current - (shown + 1 - index) * stepMs);
  const slots = await readSlots(redis, step, starts);
  return starts.slice(1).map((at, index) => toPoint(at, slots[index] ?? null, slots[index + 1] ?? null));
}

function toPoint(at: number, before: Slot | null, slot: Slot | null): Point {
  const sample = slot?.sample ?? null;
  const latency = slot === null ? null : quantilesOf(slot.latency);
  const came = (name: "accepted" | "duplicates" | "refused"): number | null =>
    difference(before?.sample ?? null, sample, name);
  return {
    at,
    accepted: came("accepted"),
    duplicates: came("duplicates"),
    refused: came("refused"),
    handled: slot?.runs.handled ?? null,
    failed: slot?.runs.failed ?? null,
    died: slot?.runs.died ?? null,
    p50: latency?.p50 ?? null,
    p95: latency?.p95 ?? null,
    p99: latency?.p99 ?? null,
    waiting: sample?.waiting ?? null,
    dead: sample?.dead ?? null,
    memory: sample?.memory ?? null,
  };
}

/** @returns null where one is missing, and where a count went back: Redis was emptied, or holds an older state */
function difference(
  before: Sample | null,
  sample: Sample | null,
  name: "accepted" | "duplicates" | "refused",
): number | null {
  if (before === null || sample === null) return null;
  const came = sample[name] - before[name];
  return came < 0 ? null : came;
}
