import { Command, InvalidArgumentError } from "commander";
import type { DeadListOptions } from "./commands/dead-list.ts";
import type { DeadReplayOptions } from "./commands/dead-replay.ts";
import type { EventsListOptions } from "./commands/events-list.ts";
import type { SendOptions } from "./commands/send.ts";
import type { CommonOptions, Deps } from "./deps.ts";
import type { SetExitCode } from "./errors.ts";
import { readMoment } from "./text/moment.ts";

/**
 * The commands and their options. What each does is in its own file under commands/, loaded when it is called.
 */
export function createProgram(
  version: string,
  deps: Deps,
  setExitCode: SetExitCode,
  showHelp: (text: string) => void,
): Command {
  const program = new Command("misskeep")
    .description(
      "Looks after Misskeep: what came in, what became of it, what is dead, and how to run it again.",
    )
    .version(version)
    .option("--json", "print one JSON document; errors go to stderr as {code, message}")
    .exitOverride();
  // Errors are told in one place, run.ts; what is left for stderr is the help of a command that lacks its second word.
  program.configureOutput({ writeErr: showHelp, outputError: () => {} });

  leaf(program, "status", "how everything is: refusals, last event, Redis, workers, processors").action(
    async (options: CommonOptions) => (await import("./commands/status.ts")).statusCommand(deps, options),
  );
  leaf(program, "send [TYPE]", "send an example event to ingest, as Misskey would")
    .option("--url <url>", "where to (default: this machine's ingest, by PORT and HOST)")
    .option("--secret <secret>", "the secret to send (default: the hook's, from the settings)")
    .option("--hook <name>", "whose secret to send (default: `default`, else the first one)")
    .option("--count <n>", "how many events", wholeNumber(1, 10_000), 1)
    .option("--body <file>", "send this file, byte for byte, instead of an example; - is stdin")
    .action(async (type: string | undefined, options: SendOptions) =>
      (await import("./commands/send.ts")).sendCommand(deps, type, options),
    );

  const events = group(program, "events", "what came in");
  leaf(events, "list", "the events in the inbox, newest first")
    .option("--limit <n>", "how many", wholeNumber(1, 500), 20)
    .option("--before <id>", "only events older than this one")
    .option("--type <type>", "only events of this type")
    .action(async (options: EventsListOptions) =>
      (await import("./commands/events-list.ts")).eventsListCommand(deps, options),
    );
  leaf(events, "show <ID>", "one event, and what each processor made of it")
    .option("--raw", "with its body: it can hold private notes")
    .action(async (id: string, options: CommonOptions & { readonly raw?: boolean }) =>
      (await import("./commands/events-show.ts")).eventsShowCommand(deps, id, options),
    );

  const dead = group(program, "dead", "dead letters: events that a processor could not handle");
  leaf(dead, "list [PROCESSOR]", "dead letters, newest first")
    .option("--limit <n>", "how many", wholeNumber(1, 500), 20)
    .option("--cursor <cursor>", "go on where the page before ended")
    .option(
      "--sort <order>",
      "newest, oldest or attempts (most first)",
      oneOf("newest", "oldest", "attempts"),
      "newest",
    )
    .option("--group <group>", "of those that failed alike")
    .option("--type <type>", "only of events of this type")
    .option("--hook <name>", "only of events of this hook")
    .option("--error <name>", "only with an error of this name, such as TimedOut")
    .option("--person <handle>", "only of events in which @alice@example.tld takes part")
    .option("--text <text>", "only with this in the body or the error; looks at some thousand a call")
    .option("--attempts-min <n>", "only after so many attempts or more", wholeNumber(0, 1_000_000))
    .option("--attempts-max <n>", "only after so many attempts or fewer", wholeNumber(0, 1_000_000))
    .option("--since <when>", "died since: 2h, 7d, 2026-11-24T06:00:00Z", moment)
    .option("--until <when>", "died until", moment)
    .action(async (processor: string | undefined, options: DeadListOptions) =>
      (await import("./commands/dead-list.ts")).deadListCommand(deps, processor, options),
    );
  leaf(dead, "show <PROCESSOR> <ID>", "one dead letter: its error, its attempts, its event")
    .option("--raw", "with its body: it can hold private notes")
    .action(async (processor: string, id: string, options: CommonOptions & { readonly raw?: boolean }) =>
      (await import("./commands/dead-show.ts")).deadShowCommand(deps, processor, id, options),
    );
  leaf(dead, "replay <PROCESSOR> [IDS...]", "run dead letters again, with all their attempts")
    .option("--all", "all of the processor's; asks first")
    .option("--yes", "do not ask")
    .action(async (processor: string, ids: string[], options: DeadReplayOptions) =>
      (await import("./commands/dead-replay.ts")).deadReplayCommand(
        deps,
        processor,
        ids,
        options,
        setExitCode,
      ),
    );

  const processors = group(program, "processors", "what handles the events");
  leaf(processors, "list", "every processor, what it wants, and what it has before it").action(
    async (options: CommonOptions) =>
      (await import("./commands/processors.ts")).processorsListCommand(deps, options),
  );
  leaf(processors, "pause <PROCESSOR>", "stop it in all workers; its events wait")
    .option("--why <text>", "shown to whoever looks", "")
    .action(async (name: string, options: CommonOptions & { readonly why: string }) =>
      (await import("./commands/processors.ts")).processorsPauseCommand(deps, name, options),
    );
  leaf(processors, "resume <PROCESSOR>", "let it run again").action(
    async (name: string, options: CommonOptions) =>
      (await import("./commands/processors.ts")).processorsResumeCommand(deps, name, options),
  );
  leaf(processors, "remove <PROCESSOR>", "give it no more events; only while it has no jobs").action(
    async (name: string, options: CommonOptions) =>
      (await import("./commands/processors.ts")).processorsRemoveCommand(deps, name, options),
  );

  const workers = group(program, "workers", "the processes that run processors");
  leaf(workers, "list", "every worker heard of within a day").action(async (options: CommonOptions) =>
    (await import("./commands/workers-list.ts")).workersListCommand(deps, options),
  );

  leaf(program, "doctor", "check what the promises rest on; exit code 1 if one is broken").action(
    async (options: CommonOptions) =>
      (await import("./commands/doctor.ts")).doctorCommand(deps, options, setExitCode),
  );
  return program;
}

function group(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}

/** A command that does something; `--json` may stand behind it as well as in front. */
function leaf(parent: Command, nameAndArguments: string, description: string): Command {
  return parent
    .command(nameAndArguments)
    .description(description)
    .option("--json", "print one JSON document")
    .hook("preAction", (_, command) => {
      if (command.optsWithGlobals()["json"] === true) command.setOptionValue("json", true);
    });
}

function oneOf<Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`It has to be one of ${words.join(", ")}.`);
  };
}

function moment(text: string): number {
  const at = readMoment(text, Date.now());
  if (at !== undefined) return at;
  throw new InvalidArgumentError("It has to be like 90m, 2h or 7d ago, or a date like 2026-11-24T06:00:00Z.");
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
  };
}
