import { Command } from "commander";
import type { AuditOptions } from "./commands/audit.ts";
import type { SendOptions } from "./commands/send.ts";
import type { CommonOptions, Deps } from "./deps.ts";
import type { SetExitCode } from "./errors.ts";
import { addCompletion } from "./program/completion.ts";
import { addDead } from "./program/dead.ts";
import { addEvents } from "./program/events.ts";
import { leaf, type Making } from "./program/leaf.ts";
import { addProcessors } from "./program/processors.ts";
import { addRuns } from "./program/runs.ts";
import { pageOptions, wholeNumber } from "./program/values.ts";

const HELP = `
Exit codes:
  0   done
  1   it failed, or not all of it was done, or doctor found a promise broken
  2   the command was not understood, or it needs --yes
  3   a run goes on, or waits for a person, and is no longer watched
  78  the settings are wrong

With --json the result is one JSON document on stdout. \`events tail --json\` and
\`dead export\` print one document a line. An error is {code, message} on stderr.

Where to begin when something is wrong:
  misskeep status
  misskeep dead groups`;

/**
 * The commands and their options. What each does is in its own file under commands/, loaded when it is called.
 */
export function createProgram(
  version: string,
  deps: Deps,
  setExitCode: SetExitCode,
  showHelp: (text: string) => void,
): Command {
  const making: Making = { deps, setExitCode };
  const program = new Command("misskeep")
    .description(
      "Looks after Misskeep: what came in, what became of it, what is dead, and how to run it again.",
    )
    .version(version)
    .option("--json", "print one JSON document; errors go to stderr as {code, message}")
    .addHelpText("after", HELP)
    .exitOverride();
  // Errors are told in one place, run.ts; what is left for stderr is the help of a command that lacks its second word.
  program.configureOutput({ writeErr: showHelp, outputError: () => {} });

  leaf(program, "status", "how everything is: refusals, last event, Redis, workers, processors", [
    "status",
  ]).action(async (options: CommonOptions) =>
    (await import("./commands/status.ts")).statusCommand(deps, options),
  );
  addEvents(program, making);
  addDead(program, making);
  addRuns(program, making);
  addProcessors(program, making);
  leaf(program, "send [TYPE]", "send an example event to ingest, as Misskey would", [
    "send mention",
    "send --body delivery.json",
    "send mention --resend",
  ])
    .option("--url <url>", "where to (default: this machine's ingest, by PORT and HOST)")
    .option("--secret <secret>", "the secret to send (default: the hook's, from the settings)")
    .option("--hook <name>", "whose secret to send (default: `default`, else the first one)")
    .option("--count <n>", "how many events", wholeNumber(1, 10_000), 1)
    .option("--body <file>", "send this file, byte for byte, instead of an example; - is stdin")
    .option("--resend", "send the last event of the type again, byte for byte: it is a duplicate")
    .action(async (type: string | undefined, options: SendOptions) =>
      (await import("./commands/send.ts")).sendCommand(deps, type, options),
    );
  const audit = leaf(program, "audit", "who did what, when and why, newest first", ["audit --limit 50"]);
  pageOptions(audit).action(async (options: AuditOptions) =>
    (await import("./commands/audit.ts")).auditCommand(deps, options),
  );
  leaf(program, "doctor", "check what the promises rest on; exit code 1 if one is broken", ["doctor"]).action(
    async (options: CommonOptions) =>
      (await import("./commands/doctor.ts")).doctorCommand(deps, options, setExitCode),
  );
  addCompletion(program, making);
  return program;
}
