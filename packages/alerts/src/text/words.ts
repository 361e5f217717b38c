import { ours, say, type Text } from "./text.ts";

/** @param ms at least 0 */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1_000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(ms / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** `14:02 UTC (6 min ago)`; with its date where that is another day. Both ms since 1970. */
export function since(at: number, now: number): Text {
  const [day, time = ""] = new Date(at).toISOString().split("T");
  const date = new Date(now).toISOString().startsWith(day ?? "") ? "" : `${day} `;
  return ours(`${date}${time.slice(0, 5)} UTC (${duration(Math.max(now - at, 0))} ago)`);
}

/** `1 event`, `2 events` */
export function count(number: number, one: string, many: string = `${one}s`): Text {
  return ours(`${number} ${number === 1 ? one : many}`);
}

/** `a`, `a and b`, `a, b, c and 4 others` */
export function names(all: readonly string[], most: number): Text {
  const shown = all.slice(0, most).map((name): Text => say`${name}`);
  const rest = all.length - shown.length;
  const parts = rest > 0 ? [...shown, ours(`${rest} ${rest === 1 ? "other" : "others"}`)] : shown;
  return parts.flatMap((part, index) => {
    if (index === 0) return part;
    return [index === parts.length - 1 ? " and " : ", ", ...part];
  });
}
