import { keys, type Redis } from "@misskeep/redis";
import type { Histogram } from "./histogram.ts";
import type { Steps } from "./spans.ts";

/**
 * What a step's hash holds. Absent fields were not recorded.
 *
 * | field | holds |
 * |---|---|
 * | `handled`, `ignored`, `failed`, `died` | runs within the step, added up over all workers |
 * | `<bucket>` | how many were handled that long after receipt, see histogram.ts |
 * | `at` | when what follows was sampled, ms since 1970: at the end of the step |
 * | `accepted`, `duplicates`, `refused` | since Redis was empty, so that rates come from differences |
 * | `waiting`, `dead`, `memory` | as they were; memory in bytes |
 */
export interface Slot {
  readonly runs: Readonly<Record<RunCount, number>>;
  readonly latency: Histogram;
  readonly sample: Sample | null;
}

export type RunCount = "handled" | "ignored" | "failed" | "died";

/** How things stood at one moment. `at` is ms since 1970 by Redis' clock. */
export interface Sample {
  readonly at: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** In the inbox and at all processors. */
  readonly waiting: number;
  readonly dead: number;
  /** Redis', bytes. */
  readonly memory: number;
}

const SAMPLED = ["accepted", "duplicates", "refused", "waiting", "dead", "memory"] as const;

/**
 * Reads steps of time, in one round trip.
 *
 * @param starts ms since 1970, multiples of the step
 * @returns null for a step in which nothing was recorded
 */
export async function readSlots(
  redis: Redis,
  step: Steps["step"],
  starts: readonly number[],
): Promise<readonly (Slot | null)[]> {
  if (starts.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const start of starts) pipeline.hgetall(keys.series(step, start));
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, fields]) => {
    if (error) throw error;
    return toSlot(fields as Readonly<Record<string, string>>);
  });
}

function toSlot(fields: Readonly<Record<string, string>>): Slot | null {
  const names = Object.keys(fields);
  if (names.length === 0) return null;
  const number = (name: string): number => Number(fields[name] ?? 0);
  const latency = new Map<number, number>();
  for (const name of names) if (isBucket(name)) latency.set(Number(name), number(name));
  return {
    runs: {
      handled: number("handled"),
      ignored: number("ignored"),
      failed: number("failed"),
      died: number("died"),
    },
    latency,
    sample:
      fields["at"] === undefined
        ? null
        : {
            at: number("at"),
            accepted: number("accepted"),
            duplicates: number("duplicates"),
            refused: number("refused"),
            waiting: number("waiting"),
            dead: number("dead"),
            memory: number("memory"),
          },
  };
}

/** No other field begins with a digit. */
function isBucket(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** A sample as a hash's fields and values. */
export function toFields(sample: Sample): Record<string, number> {
  return { at: sample.at, ...Object.fromEntries(SAMPLED.map((name) => [name, sample[name]])) };
}
