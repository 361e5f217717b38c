import type { Run } from "../../api/types.ts";

/** Before so many jobs were dealt with, a forecast from the past would jump about. */
const ENOUGH = 20;

/**
 * How long a run that goes on will still take, ms: by its rate, or by how it got on so far.
 *
 * @returns null where nobody can tell: it stands, has ended, or has hardly begun
 */
export function msLeft(
  {
    state,
    done,
    total,
    ratePerSecond,
    createdAt,
  }: Pick<Run, "state" | "done" | "total" | "ratePerSecond" | "createdAt">,
  now: number,
): number | null {
  if (state !== "running" || done >= total) return null;
  const left = total - done;
  const byRate = ratePerSecond === null ? 0 : (left / ratePerSecond) * 1_000;
  if (done < ENOUGH) return ratePerSecond === null ? null : byRate;
  // A rate is a limit; the workers may be slower.
  return Math.max(byRate, (left * (now - createdAt)) / done);
}
