import type { Command, Option } from "commander";
import { eventTypes } from "@misskeep/schema";

/** What can be completed from what Redis holds. */
export type Names = "processor" | "group" | "run";

/** A word that could follow. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * What could stand where the cursor is.
 *
 * @param words those after `misskeep`, the last one as far as it is typed, maybe empty
 * @param find looks for names in Redis
 */
export async function complete(
  program: Command,
  words: readonly string[],
  find: (what: Names) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? "";
  const { command, values, pending } = read(program, words.slice(0, -1));
  const found = pending
    ? await valuesOf(pending.long ?? "", pending.argChoices, find)
    : typed.startsWith("-")
      ? optionsOf(command)
      : command.commands.length > 0
        ? commandsOf(command)
        : await argumentsOf(command, values, find);
  return found.filter(({ word }) => word.startsWith(typed));
}

/** Reads what is typed already: the command, how many arguments it has, and an option that waits for its value. */
function read(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly values: number; readonly pending: Option | undefined } {
  let command = program;
  let values = 0;
  let pending: Option | undefined;
  for (const word of words) {
    if (pending) {
      pending = undefined;
      continue;
    }
    if (word.startsWith("-")) {
      const option = command.options.find(({ long, short }) => long === word || short === word);
      if (option && (option.required || option.optional)) pending = option;
      continue;
    }
    const next = command.commands.find((each) => each.name() === word);
    if (next) command = next;
    else values += 1;
  }
  return { command, values, pending };
}

function optionsOf(command: Command): readonly Candidate[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : []));
}

function commandsOf(command: Command): readonly Candidate[] {
  const commands = command.createHelp().visibleCommands(command);
  return commands.map((each) => ({ word: each.name(), about: each.description() }));
}

async function argumentsOf(
  command: Command,
  values: number,
  find: (what: Names) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const argument = command.registeredArguments[values] ?? command.registeredArguments.at(-1);
  if (argument === undefined || (values >= command.registeredArguments.length && !argument.variadic))
    return [];
  return valuesOf(argument.name(), argument.argChoices, find);
}

/** @param name of an option, with its dashes, or of an argument */
async function valuesOf(
  name: string,
  choices: readonly string[] | undefined,
  find: (what: Names) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  if (choices) return choices.map((word) => ({ word, about: "" }));
  if (/^(--type|TYPE)$/.test(name)) return eventTypes.map((word) => ({ word, about: "" }));
  const wanted = [
    ...(name.includes("PROCESSOR") ? (["processor"] as const) : []),
    ...(/^(--group|.*GROUP)$/.test(name) ? (["group"] as const) : []),
    ...(/^(--run|RUN)$/.test(name) ? (["run"] as const) : []),
  ];
  return (await Promise.all(wanted.map(find))).flat();
}
