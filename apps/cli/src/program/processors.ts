import type { Command } from "commander";
import type { ProcessorsChangeOptions } from "../commands/processors-change.ts";
import type { CommonOptions } from "../deps.ts";
import { group, leaf, type Making } from "./leaf.ts";

export function addProcessors(program: Command, { deps }: Making): void {
  const processors = group(program, "processors", "what handles the events");
  leaf(processors, "list", "every processor: what it has before it, how fast it is, and which are off", [
    "processors list",
  ]).action(async (options: CommonOptions) =>
    (await import("../commands/processors-list.ts")).processorsListCommand(deps, options),
  );
  leaf(processors, "show <PROCESSOR>", "one processor: its figures, its rules, its settings", [
    "processors show mail",
  ]).action(async (name: string, options: CommonOptions) =>
    (await import("../commands/processors-list.ts")).processorsShowCommand(deps, name, options),
  );
  leaf(processors, "pause <PROCESSOR>", "stop it in all workers; its events wait", [
    "processors pause mail --why 'the mail server moves'",
  ])
    .option("--why <text>", "shown to whoever looks")
    .action(async (name: string, options: ProcessorsChangeOptions) =>
      (await import("../commands/processors-change.ts")).processorsPauseCommand(deps, name, options),
    );
  leaf(processors, "resume <PROCESSOR>", "let it run again", ["processors resume mail"])
    .option("--why <text>", "written down")
    .action(async (name: string, options: ProcessorsChangeOptions) =>
      (await import("../commands/processors-change.ts")).processorsResumeCommand(deps, name, options),
    );
  leaf(processors, "remove <PROCESSOR>", "give it no more events; only while it has no jobs", [
    "processors remove mail --why 'replaced by relay'",
  ])
    .option("--why <text>", "written down")
    .option("--yes", "do not ask")
    .action(async (name: string, options: ProcessorsChangeOptions) =>
      (await import("../commands/processors-change.ts")).processorsRemoveCommand(deps, name, options),
    );

  const workers = group(program, "workers", "the processes that run processors");
  leaf(workers, "list", "every worker heard of within a day, and what it runs now", ["workers list"]).action(
    async (options: CommonOptions) =>
      (await import("../commands/workers-list.ts")).workersListCommand(deps, options),
  );
}
