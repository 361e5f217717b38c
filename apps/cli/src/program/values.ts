/** How options' values are read. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { readMoment } from "../text/moment.ts";

/** An option that takes one of some words, which completion offers. */
export function choice(
  flags: string,
  description: string,
  among: readonly string[],
  preset?: string,
): Option {
  const option = new Option(flags, description).choices(among);
  return preset === undefined ? option : option.default(preset);
}

export function moment(text: string): number {
  const at = readMoment(text, Date.now());
  if (at !== undefined) return at;
  throw new InvalidArgumentError("It has to be like 90m, 2h or 7d ago, or a date like 2026-11-24T06:00:00Z.");
}

/** `8h` from now, or a date. */
export function comingMoment(text: string): number {
  const now = Date.now();
  const at = readMoment(text, now);
  const coming = at !== undefined && /^\d+[smhd]$/.test(text) ? now + (now - at) : at;
  if (coming !== undefined && coming > now) return coming;
  throw new InvalidArgumentError("It has to be like 90m, 8h or 7d from now, or a date to come.");
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 100_000) return value;
  throw new InvalidArgumentError("It has to be a number above 0, at most 100000.");
}

/** `note,mention`, or the option again and again. */
export function words(text: string, before: readonly string[] | undefined): readonly string[] {
  const found = text.split(",").map((word) => word.trim());
  if (found.includes("")) throw new InvalidArgumentError("It has to be words with commas between.");
  return [...(before ?? []), ...found];
}

/** The conditions on dead letters that every command on many of them takes. */
export function deadFilter(command: Command): Command {
  return command
    .option("--group <group>", "of those that failed alike, as `dead groups` names them")
    .option("--type <type>", "only of events of this type")
    .option("--hook <name>", "only of events of this hook")
    .option("--error <name>", "only with an error of this name, such as TimedOut")
    .option("--person <handle>", "only of events in which @alice@example.tld takes part")
    .option("--text <text>", "only with this in the body or the error; no index serves it")
    .option("--attempts-min <n>", "only after so many attempts or more", wholeNumber(0, 1_000_000))
    .option("--attempts-max <n>", "only after so many attempts or fewer", wholeNumber(0, 1_000_000))
    .option("--since <when>", "died since: 2h, 7d, 2026-11-24T06:00:00Z", moment)
    .option("--until <when>", "died until", moment);
}

/** How a run goes: what every command that starts one takes. */
export function runOptions(command: Command, { guarded }: { readonly guarded: boolean }): Command {
  command
    .option("--name <text>", "what the run is called in lists")
    .option("--rate <n>", "so many a second (default: as fast as the workers keep up)", positive);
  if (guarded)
    command
      .option("--try <n>", "first only so many; stop if too many of them fail", wholeNumber(1, 100_000))
      .option("--max-failed <percent>", "how many of these may fail (default: 0)", wholeNumber(0, 100));
  return command
    .option("--dry-run", "print the plan, and do nothing")
    .option("--detach", "do not watch the run")
    .option("--yes", "do not ask");
}

/** The pages of a long list. */
export function pageOptions(command: Command): Command {
  return command
    .option("--limit <n>", "how many", wholeNumber(1, 500), 20)
    .option("--cursor <cursor>", "go on where the page before ended");
}
