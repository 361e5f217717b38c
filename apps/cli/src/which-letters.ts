import { type Context, type DeadFilter, showGroup } from "@misskeep/operations";
import { type DeadFilterOptions, toFilter } from "./dead-filter.ts";
import { CliError } from "./errors.ts";

/** Which dead letters a command is about: some by their ids, or many by conditions. */
export type Letters =
  | { readonly processor: string; readonly ids: readonly string[] }
  | { readonly filter: DeadFilter & { readonly processor: string } };

/**
 * Reads it from the arguments. A group belongs to one processor, which then needs no naming.
 *
 * @throws CliError `USAGE` unless exactly one of ids, --all and conditions is given; OperationError `GROUP_NOT_FOUND`
 */
export async function whichLetters(
  context: Context,
  processor: string | undefined,
  ids: readonly string[],
  options: DeadFilterOptions & { readonly all?: boolean },
): Promise<Letters> {
  const { processor: _, ...conditions } = toFilter(undefined, options);
  const isFiltered = Object.values(conditions).some((value) => value !== undefined);
  if (ids.length > 0 && (isFiltered || options.all)) throw usage("Either ids or conditions, not both.");
  if (isFiltered && options.all)
    throw usage("--all means every dead letter of the processor: leave it out where there are conditions.");
  if (ids.length === 0 && !isFiltered && !options.all)
    throw usage(
      "Say which ones: their ids (`misskeep dead list`), --group <group>, other conditions, or --all.",
    );
  const { group } = conditions;
  const name = processor ?? (group === undefined ? undefined : (await showGroup(context, group)).processor);
  if (name === undefined) throw usage("Say of which processor (`misskeep processors list`).");
  return ids.length > 0 ? { processor: name, ids } : { filter: { ...conditions, processor: name } };
}

function usage(message: string): CliError {
  return new CliError("USAGE", message, { exitCode: 2 });
}
