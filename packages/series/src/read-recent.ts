import type { Redis } from "@misskeep/redis";
import { type Quantiles, quantilesOf, sumOf } from "./histogram.ts";
import { recentStep } from "./record.ts";
import { readSlots, type Sample } from "./slot.ts";
import { RECENT, SPANS, startOf } from "./spans.ts";

/** What a processor did lately. */
export interface ProcessorFigures {
  /** Runs that ended well, handled or ignored, a minute. */
  readonly perMinute: number;
  readonly failedPerMinute: number;
  /** From receipt to handled, ms; null where nothing was handled. */
  readonly p95Ms: number | null;
}

/**
 * What processors did within the last 5 to 6 minutes: 5 that are over, and the one that is under way.
 *
 * @param now ms since 1970, by Redis' clock
 * @returns nothing for a processor of which nothing is recorded
 */
export async function readProcessorFigures(
  redis: Redis,
  processors: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, ProcessorFigures>> {
  const current = startOf(RECENT, now);
  const starts = Array.from({ length: RECENT.shown }, (_, index) => current - index * RECENT.stepMs);
  const minutes = (now - (starts.at(-1) ?? current)) / 60_000;
  const all = await Promise.all(
    processors.map(async (name): Promise<readonly [string, ProcessorFigures] | undefined> => {
      const slots = (await readSlots(redis, recentStep(name), starts)).filter((slot) => slot !== null);
      if (slots.length === 0) return undefined;
      const sum = (what: "handled" | "ignored" | "failed"): number =>
        slots.reduce((total, { runs }) => total + runs[what], 0);
      return [
        name,
        {
          perMinute: (sum("handled") + sum("ignored")) / minutes,
          failedPerMinute: sum("failed") / minutes,
          p95Ms: quantilesOf(sumOf(slots.map(({ latency }) => latency)))?.p95 ?? null,
        },
      ];
    }),
  );
  return new Map(all.filter((each) => each !== undefined));
}

/** What came within the last minute, a second. */
export interface Rates {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
}

/**
 * Rates from the newest sample and the one a minute before it, or the oldest since.
 *
 * @param now ms since 1970, by Redis' clock
 * @returns null where no worker has recorded for half a minute, and while there is only one sample
 */
export async function readRates(redis: Redis, now: number): Promise<Rates | null> {
  const { step, stepMs } = SPANS.hour;
  const current = startOf(SPANS.hour, now);
  const starts = Array.from({ length: 9 }, (_, index) => current - (index + 1) * stepMs);
  const slots = await readSlots(redis, step, starts);
  const samples = slots.flatMap((slot) => slot?.sample ?? []);
  const newest = samples[0];
  const isRecent = (sample: Sample): boolean => sample.at >= (newest?.at ?? 0) - MINUTE - stepMs / 2;
  const before = samples.findLast(isRecent);
  if (newest === undefined || before === undefined || newest === before || now - newest.at > STALE_MS)
    return null;
  const seconds = (newest.at - before.at) / 1_000;
  const rate = (name: keyof Rates): number => Math.max(newest[name] - before[name], 0) / seconds;
  return { accepted: rate("accepted"), duplicates: rate("duplicates"), refused: rate("refused") };
}

const MINUTE = 60_000;
const STALE_MS = 30_000;

/** From receipt to handled within the last 5 minutes, over all processors. @returns null where nothing was handled */
export async function readLatency(redis: Redis, now: number): Promise<Quantiles | null> {
  const { step, stepMs } = SPANS.hour;
  const current = startOf(SPANS.hour, now);
  const starts = Array.from({ length: (5 * MINUTE) / stepMs + 1 }, (_, index) => current - index * stepMs);
  const slots = await readSlots(redis, step, starts);
  return quantilesOf(sumOf(slots.flatMap((slot) => slot?.latency ?? [])));
}

/** How many died within the last hour, and within the hour before it. */
export interface Deaths {
  readonly lastHour: number;
  readonly hourBefore: number;
}

/** @param now ms since 1970, by Redis' clock; hours are counted in steps of 5 minutes, the one under way included */
export async function readDeaths(redis: Redis, now: number): Promise<Deaths> {
  const { step, stepMs } = SPANS.day;
  const current = startOf(SPANS.day, now);
  const perHour = 3_600_000 / stepMs;
  const starts = Array.from({ length: 2 * perHour + 1 }, (_, index) => current - index * stepMs);
  const died = (await readSlots(redis, step, starts)).map((slot) => slot?.runs.died ?? 0);
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return { lastHour: sum(died.slice(0, perHour + 1)), hourBefore: sum(died.slice(perHour + 1)) };
}
