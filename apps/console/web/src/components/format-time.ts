const UNITS = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

const relative = new Map<string, Intl.RelativeTimeFormat>();
const exact = new Map<string, Intl.DateTimeFormat>();

/**
 * `3 min. ago`, `in 2 hr.`; below a second either way: `1 sec. ago`, as the page's clock ticks once a second and so may
 * be that much behind what just happened. Times are ms since 1970.
 */
export function formatRelative(at: number, now: number, language: string): string {
  const difference = at - now;
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(difference) >= size) ?? ["second", 1_000];
  const format = cached(
    relative,
    language,
    () => new Intl.RelativeTimeFormat(language, { style: "short", numeric: "always" }),
  );
  // What is to come a second before 7 days is "in 7 days"; what was is "6 days ago" until it is 7.
  const steps = difference > 0 ? Math.round(difference / ms) : Math.trunc(difference / ms);
  return format.format(Math.abs(difference) < 1_000 ? -1 : steps, unit);
}

/** Whether a number, ms since 1970, is a date at all: they end here, and a sender may write any number. */
export function isDate(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}

/** To the second, in the reader's time zone, with its name; `–` for a number that is no date. */
export function formatExact(at: number, language: string): string {
  if (!isDate(at)) return "–";
  const format = cached(
    exact,
    language,
    () =>
      new Intl.DateTimeFormat(language, {
        year: "numeric",
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        timeZoneName: "short",
      }),
  );
  return format.format(at);
}

function cached<T>(formats: Map<string, T>, language: string, make: () => T): T {
  const known = formats.get(language);
  if (known) return known;
  const made = make();
  formats.set(language, made);
  return made;
}
