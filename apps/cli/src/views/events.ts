import type { EventPage, EventSummary } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { duration, exact, number } from "../text/words.ts";
import { filterText } from "./filter.ts";
import type { Look } from "./look.ts";

/** What a list of events was asked for. */
export interface EventConditions {
  readonly type?: string | undefined;
  readonly hook?: string | undefined;
  readonly person?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** @param asked the conditions that were asked for */
export function eventsView({ events, next, scanned }: EventPage, asked: EventConditions, look: Look): string {
  const { paint, columns, now } = look;
  const conditions = filterText(asked, now);
  const more = next === null ? "" : `Older ones:  the same command with --before ${next}`;
  const [first] = events;
  if (first === undefined) {
    if (conditions !== "")
      return [`No event among ${number(scanned)} that were looked at: ${conditions}.`, more]
        .join("\n")
        .trim();
    return "No events yet. Press the test button in Misskey, or: misskeep send note";
  }
  const withHook = events.some(({ hook }) => hook !== "default");
  const rows = events.map((event) => [
    event.id,
    duration(now - event.receivedAt),
    ...(withHook ? [oneLine(event.hook)] : []),
    oneLine(event.type ?? "–"),
    oneLine(event.sentence),
  ]);
  const head = ["ID", "AGO", ...(withHook ? ["HOOK"] : []), "TYPE", "WHAT"];
  return [
    table({ head, rows, widest: 17, whole: [0], right: [1], columns, paintHead: paint.dim }),
    paint.dim([`One of them: misskeep events show ${first.id}`, more].filter(Boolean).join("\n")),
  ].join("\n\n");
}

/** One event as it comes: when, what, which, in one line. */
export function tailLine(event: EventSummary, { paint, columns }: Look): string {
  const head = `${exact(event.receivedAt).slice(11, 19)}  ${oneLine(event.type ?? "–").padEnd(12)}`;
  const line = `${event.id}  ${oneLine(event.sentence)}`;
  const left = columns - head.length - 2;
  const chars = [...line];
  const cut = chars.length > left ? `${chars.slice(0, left - 1).join("")}…` : line;
  return `${paint.dim(head)}  ${cut}`;
}
