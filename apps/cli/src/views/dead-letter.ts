import type { DeadLetterDetails } from "@misskeep/operations";
import { lines, oneLine } from "../text/safe.ts";
import { count, exactAndAgo } from "../text/words.ts";
import { contentView } from "./content.ts";
import { misskeyFacts, summaryFacts } from "./event.ts";
import { errorText, historyView } from "./history.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { rawBodyView } from "./raw-body.ts";

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
      fact("group", letter.group, look),
      ...(letter.parent === null ? [] : [fact("edited from", letter.parent, look)]),
      ...letter.edits.map((edit) =>
        fact("edited as", `${edit.id}, ${exactAndAgo(edit.at, now)} by ${oneLine(edit.by)}`, look),
      ),
      ...(letter.erasedAt === null
        ? []
        : [fact("erased", paint.yellow(`its content, ${exactAndAgo(letter.erasedAt, now)}`), look)]),
      ...(steps.length > 0
        ? [fact("steps done", `${steps.map(oneLine).join(", ")}; a replay skips them`, look)]
        : []),
      ...summaryFacts(event, look),
      ...misskeyFacts(letter.misskey, look),
    ].join("\n"),
    history.length > 0 ? historyView(history, look) : "",
    letter.content === undefined ? "" : contentView(letter.content, look),
    letter.raw ? `${paint.dim("Body")}\n${rawBodyView(letter.raw)}` : "",
    paint.dim(
      [
        ...(letter.raw || letter.content ? [] : ["What it says, which can be private: --content, --raw"]),
        `Run it again:    misskeep dead replay ${processor} ${id}`,
        `Those alike:     misskeep dead show ${letter.group}`,
        `Run it changed:  misskeep dead edit ${processor} ${id} > body.json`,
        `Put it away:     misskeep dead discard ${processor} ${id} --why <text>`,
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
