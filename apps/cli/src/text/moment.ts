const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A moment as a person writes it: `90m`, `2h` or `7d` ago, or a date such as `2026-11-24` or
 * `2026-11-24T06:52:49Z`.
 *
 * @param now ms since 1970
 * @returns ms since 1970; undefined if the text says no moment
 */
export function readMoment(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  // Date.parse takes "5" and "may" for dates, too.
  const at = /^\d{4}-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? undefined : at;
}
