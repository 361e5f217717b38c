import type { Message, Told } from "./decide.ts";
import { ours, say, type Text } from "./text/text.ts";
import { duration } from "./text/words.ts";

/** A summary names no more; all of it has to fit into one message. */
const MOST_NAMED = 8;
const SIGN = { down: "🔴", notice: "🟠", solved: "🟢" } as const;

/**
 * Writes what people read: what happened, and what helps.
 *
 * @param consoleUrl where the console is, without a slash at its end; undefined: no links
 * @param before how many messages came before it at this look
 */
export function writeMessage({ causes }: Message, consoleUrl: string | undefined, before: number): Text {
  const [only, second] = causes;
  if (only !== undefined && second === undefined) return writeOne(only, consoleUrl);
  const head = before > 0 ? `and ${causes.length} more:` : `${causes.length} things at once:`;
  const named = causes.slice(0, MOST_NAMED).map((told): Text => say`${ours("\n")}${writeLine(told)}`);
  const rest = causes.length - named.length;
  const end = rest > 0 ? `\n… and ${rest} ${rest === 1 ? "other" : "others"}` : "";
  const help = writeHelp({ command: "misskeep status", path: "/" }, consoleUrl);
  return [head, ...named.flat(), end, ...help];
}

function writeOne(told: Told, consoleUrl: string | undefined): Text {
  if (told.kind === "solved")
    return say`${ours(SIGN.solved)} solved: ${told.title} (after ${ours(duration(told.lastedMs))})`;
  const { level, what, help } = told.cause;
  const still = told.isReminder ? " still:" : "";
  return [`${SIGN[level]}${still} `, ...what, ...writeHelp(help, consoleUrl)];
}

function writeLine(told: Told): Text {
  return told.kind === "solved"
    ? [`${SIGN.solved} solved: `, ...told.title]
    : [`${SIGN[told.cause.level]} `, ...told.cause.title];
}

function writeHelp(
  { command, path }: { readonly command: string; readonly path: string },
  consoleUrl: string | undefined,
): Text {
  const link = consoleUrl === undefined ? "" : ` · ${consoleUrl}${path}`;
  return ours(`\n\`${command}\`${link}`);
}
