import type { DeadLetterPage, DeadQuery } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { count, duration, number } from "../text/words.ts";
import { errorText } from "./history.ts";
import type { Look } from "./look.ts";
import { nextPage } from "./next-page.ts";

/** @param query what was asked for */
export function deadListView(page: DeadLetterPage, query: DeadQuery, look: Look): string {
  const { paint, columns, now } = look;
  const { total, letters, processors } = page;
  const { processor, ...conditions } = query.filter;
  const [first] = letters;
  const of = processor === undefined ? "" : ` of ${oneLine(processor)}`;
  if (total === 0) return `No dead letters${of}.`;
  const by = processors.map((each) => `${each.processor} ${number(each.dead)}`).join(", ");
  const title = `${paint.red(count(total, "dead letter"))}: ${by}`;
  const isFiltered = Object.values(conditions).some((value) => value !== undefined);
  const rest = restOf(page, isFiltered);
  if (first === undefined) {
    const none =
      page.next === null
        ? `None${isFiltered ? " meets all conditions" : " follows"}.`
        : `None of ${number(page.scanned)} that were looked at meets all conditions.`;
    return [title, [none, ...nextPage(page.next)].join("\n")].join("\n\n");
  }
  const all = processor === undefined;
  const head = ["ID", "AGO", ...(all ? ["PROCESSOR"] : []), "TYPE", "WHY"];
  const rows = letters.map((letter) => [
    letter.id,
    duration(now - letter.diedAt),
    ...(all ? [letter.processor] : []),
    oneLine(letter.event.type ?? "–"),
    `${letter.replays > 0 ? "replayed; " : ""}${errorText(letter.error)}`,
  ]);
  const most = processors[0]?.processor ?? first.processor;
  return [
    title,
    table({ head, rows, widest: 18, whole: [0], right: [1], columns, paintHead: paint.dim }),
    paint.dim(
      [
        ...(rest === "" ? [] : [rest]),
        `One of them:   misskeep dead show ${first.processor} ${first.id}`,
        `Alike:         misskeep dead groups${of === "" ? "" : ` ${most}`}`,
        isFiltered
          ? `Run again:     misskeep dead replay ${most} with the same conditions`
          : `Run again:     misskeep dead replay ${most} --all`,
      ].join("\n"),
    ),
  ].join("\n\n");
}

/** How much there is beside what is shown, and how to see it. */
function restOf({ matching, letters, scanned, next }: DeadLetterPage, isFiltered: boolean): string {
  const shown = number(letters.length);
  const found =
    matching === null
      ? `${shown} found among ${number(scanned)} that were looked at.`
      : `${shown} of ${number(matching)}${isFiltered ? " that meet all conditions" : ""}.`;
  if (next === null) return isFiltered ? found : "";
  return [found, ...nextPage(next)].join(" ");
}
