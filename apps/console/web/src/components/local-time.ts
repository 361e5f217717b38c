/** `2026-03-05T02:00:12`, in the reader's time zone: what a `datetime-local` control holds. Times are ms since 1970. */
export function toLocalText(at: number | undefined): string {
  if (at === undefined) return "";
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 19);
}

/** @returns undefined where the control holds nothing whole: a year that is being typed begins as the year 2 */
export function fromLocalText(text: string): number | undefined {
  const at = Date.parse(text);
  return at >= 0 ? at : undefined;
}
