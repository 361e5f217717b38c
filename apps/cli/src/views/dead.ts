import type { DeadLetterDetails, DeadLetterPage, DeadQuery } from "@misskeep/operations";
import { lines, oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { count, duration, exactAndAgo, number } from "../text/words.ts";
import { misskeyFacts, summaryFacts } from "./event.ts";
import { errorText, historyView } from "./history.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { rawBodyView } from "./raw-body.ts";

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
  if (first === undefined)
    return [title, isFiltered ? "None that was looked at meets all conditions." : "None follow.", rest]
      .filter((part) => part !== "")
      .join("\n\n");
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
    table({ head, rows, widest: 18, right: [1], columns, paintHead: paint.dim }),
    paint.dim(
      [
        ...(rest === "" ? [] : [rest]),
        `One of them: misskeep dead show ${first.processor} ${first.id}`,
        `Run again:   misskeep dead replay ${most} --all`,
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
  // Alone on its line: it is long, and is to be copied.
  return `${found} For what follows, the same command with\n--cursor=${next}`;
}

/** One dead letter, with all that helps to understand it. */
export function deadLetterView(letter: DeadLetterDetails, look: Look): string {
  const { paint, now } = look;
  const { processor, id, error, event, history, steps, replays } = letter;
  const stack = stackOf(error.stack ?? "");
  return [
    `${paint.bold(`Dead letter ${id} of ${processor}`)}\n${paragraph(oneLine(event.sentence), look)}`,
    [
      `${paragraph(errorText(error), look, { paint: paint.red })}${error.code ? paint.dim(` [${oneLine(error.code)}]`) : ""}`,
      ...stack.map((line) => paint.dim(`  ${line}`)),
    ].join("\n"),
    [
      fact("died", exactAndAgo(letter.diedAt, now), look),
      fact(
        "attempts",
        replays > 0 ? `${letter.attempts} since the last replay` : String(letter.attempts),
        look,
      ),
      ...(replays > 0 ? [fact("replayed", count(replays, "time"), look)] : []),
      ...(steps.length > 0
        ? [fact("steps done", `${steps.map(oneLine).join(", ")}; a replay skips them`, look)]
        : []),
      ...summaryFacts(event, look),
      ...misskeyFacts(letter.misskey, look),
    ].join("\n"),
    history.length > 0 ? historyView(history, look) : "",
    letter.raw ? `${paint.dim("Body")}\n${rawBodyView(letter.raw)}` : "",
    paint.dim(
      [
        ...(letter.raw ? [] : ["Its body, which can be private: --raw"]),
        `Run it again: misskeep dead replay ${processor} ${id}`,
      ].join("\n"),
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What a reader can act on: not the steps inside of Node and of other people's packages. */
function stackOf(stack: string): string[] {
  const isFrame = (line: string): boolean =>
    line.startsWith("at ") && !/node:internal|node_modules[\\/]/.test(line);
  return lines(stack).filter((line) => isFrame(line) || line.startsWith("Caused by: "));
}
