import type { Command } from "commander";
import type { Deps } from "../deps.ts";
import type { SetExitCode } from "../errors.ts";

/** What the commands are made with. */
export interface Making {
  readonly deps: Deps;
  readonly setExitCode: SetExitCode;
}

export function group(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}

/**
 * A command that does something; `--json` may stand behind it as well as in front.
 *
 * @param examples commands without `misskeep`, shown below the help
 */
export function leaf(
  parent: Command,
  nameAndArguments: string,
  description: string,
  examples: readonly string[],
): Command {
  const shown = examples.map((example) => `  misskeep ${example}`).join("\n");
  return parent
    .command(nameAndArguments)
    .description(description)
    .option("--json", "print one JSON document")
    .addHelpText("after", `\n${examples.length === 1 ? "Example" : "Examples"}:\n${shown}`)
    .hook("preAction", (_, command) => {
      if (command.optsWithGlobals()["json"] === true) command.setOptionValue("json", true);
      // As a default of the option it would stand in every help as (default: "").
      if (command.getOptionValue("why") === undefined) command.setOptionValue("why", "");
    });
}
