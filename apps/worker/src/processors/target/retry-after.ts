/** Far beyond every processor's `maxAge`; keeps absurd numbers finite, s. */
const A_YEAR_S = 365 * 24 * 3_600;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date. Discord's may have decimals.
 *
 * @param now ms since 1970
 * @returns how long to wait, ms; 0 for a date that has passed; undefined where it is absent or says nothing
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return secondsToMs(Number(text));
  // Date.parse takes "-5" and "1.5" for dates, too; a real one begins with its weekday.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(date - now, 0);
}

/** @returns ms, at most a year; undefined for what is no length of time */
export function secondsToMs(seconds: unknown): number | undefined {
  if (typeof seconds !== "number" || !(seconds >= 0)) return undefined;
  return Math.ceil(Math.min(seconds, A_YEAR_S) * 1_000);
}
