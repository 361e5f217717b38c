import type { Command } from "commander";
import type { RunsChangeOptions } from "../commands/runs-change.ts";
import type { RunsListOptions } from "../commands/runs-list.ts";
import type { RunsShowOptions } from "../commands/runs-show.ts";
import { group, leaf, type Making } from "./leaf.ts";
import { choice, pageOptions } from "./values.ts";

const STATES = ["running", "failing", "handled", "ignored", "dead", "discarded", "recovered", "skipped"];

export function addRuns(program: Command, { deps, setExitCode }: Making): void {
  const runs = group(program, "runs", "planned actions on many: replays, backfills, discards");
  const list = leaf(runs, "list [PROCESSOR]", "runs, newest first; those that ended are kept for 14 days", [
    "runs list",
  ]);
  pageOptions(list).action(async (processor: string | undefined, options: RunsListOptions) =>
    (await import("../commands/runs-list.ts")).runsListCommand(deps, processor, options),
  );
  const show = leaf(runs, "show <RUN>", "one run, and what became of its jobs", [
    "runs show r1a2b3 --watch",
    "runs show r1a2b3 --state dead",
  ])
    .option("--watch", "watch it until it ends; Ctrl-C leaves it going")
    .addOption(choice("--state <state>", "only jobs in this state", STATES));
  pageOptions(show).action(async (id: string, options: RunsShowOptions) =>
    (await import("../commands/runs-show.ts")).runsShowCommand(deps, id, options, setExitCode),
  );
  const changes = [
    ["pause", "make it wait; what it has started goes on"],
    ["resume", "let it go on, without its guard"],
    ["cancel", "end it; what it has started goes on"],
  ] as const;
  for (const [change, description] of changes) {
    const command = leaf(runs, `${change} <RUN>`, description, [`runs ${change} r1a2b3`]).option(
      "--why <text>",
      "written down",
    );
    if (change === "cancel") command.option("--yes", "do not ask");
    command.action(async (id: string, options: RunsChangeOptions) =>
      (await import("../commands/runs-change.ts")).runsChangeCommand(deps, change, id, options),
    );
  }
}
