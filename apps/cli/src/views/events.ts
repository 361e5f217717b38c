import type { EventPage } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { duration } from "../text/words.ts";
import type { Look } from "./look.ts";

/** @param filter the type that was asked for */
export function eventsView(
  { events, next, scanned }: EventPage,
  filter: string | undefined,
  look: Look,
): string {
  const { paint, columns, now } = look;
  const type = filter === undefined ? "" : ` of type ${oneLine(filter)}`;
  const goOn = filter === undefined ? "" : ` --type ${oneLine(filter)}`;
  const more = next === null ? "" : `Older ones: misskeep events list${goOn} --before ${next}`;
  if (events.length === 0) {
    if (filter !== undefined && scanned > 0)
      return [`No event${type} among the last ${scanned}.`, more].join("\n").trim();
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
    table({ head, rows, widest: 17, right: [1], columns, paintHead: paint.dim }),
    paint.dim([more, `One of them: misskeep events show ${events[0]?.id}`].filter(Boolean).join("\n")),
  ].join("\n\n");
}
