/** Numbers, sizes and times as people read them. */
import prettyMs from "pretty-ms";

const DAY_MS = 24 * 3_600_000;

/** `12,345` */
export function number(value: number): string {
  return value.toLocaleString("en");
}

/** `0`, `0.12`, `1.2`, `12`, `1,234`: so many in some time, with two digits where it is few. */
export function rate(value: number): string {
  return value === 0 || value >= 10 ? number(Math.round(value)) : String(Number(value.toPrecision(2)));
}

/** `1 event`, `12,345 events` */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** `812 B`, `3.1 MiB` */
export function size(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : number(Math.round(value))} ${units[power]}`;
}

/** `3 s`, `2 h`, `120 ms` */
export function duration(ms: number): string {
  const text = prettyMs(Math.max(0, ms), { unitCount: 1, secondsDecimalDigits: 0 });
  return text.replace(/(\d)(?=[a-z])/g, "$1 ").replace(/ m$/, " min");
}

/** `just now`, `3 s ago`, `in 5 min` */
export function ago(at: number, now: number): string {
  const ms = now - at;
  if (ms < -1_000) return `in ${duration(-ms)}`;
  return ms < 1_000 ? "just now" : `${duration(ms)} ago`;
}

/** `2026-03-05 02:00:12.345 +09:00`: exact, in this machine's time zone. */
export function exact(at: number): string {
  const offset = -new Date(at).getTimezoneOffset();
  const local = new Date(at + offset * 60_000).toISOString().replace("T", " ").replace("Z", "");
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${local} ${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** `2026-03-05 02:00:12.345 +09:00 (3 s ago)` */
export function exactAndAgo(at: number, now: number): string {
  return `${exact(at)} (${ago(at, now)})`;
}

/** `02:00` within a day, else `2026-03-05 02:00`. */
export function since(at: number, now: number): string {
  const text = exact(at);
  return now - at < DAY_MS ? text.slice(11, 16) : text.slice(0, 16);
}
