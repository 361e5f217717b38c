import type { Command } from "commander";
import type { DeadDiscardOptions } from "../commands/dead-discard.ts";
import type { DeadDiscardedOptions } from "../commands/dead-discarded.ts";
import type { DeadEditOptions } from "../commands/dead-edit.ts";
import type { DeadExportOptions } from "../commands/dead-export.ts";
import type { DeadGroupsOptions } from "../commands/dead-groups.ts";
import type { DeadListOptions } from "../commands/dead-list.ts";
import type { DeadRecoverOptions } from "../commands/dead-recover.ts";
import type { DeadReplayOptions } from "../commands/dead-replay.ts";
import type { DeadShowOptions } from "../commands/dead-show.ts";
import type { CommonOptions } from "../deps.ts";
import { addGroups } from "./dead-groups.ts";
import { group, leaf, type Making } from "./leaf.ts";
import { choice, deadFilter, pageOptions, runOptions } from "./values.ts";

export function addDead(program: Command, making: Making): void {
  const { deps, setExitCode } = making;
  const dead = group(program, "dead", "dead letters: events that a processor could not handle");
  leaf(dead, "groups [PROCESSOR]", "dead letters by how they failed, problems first", [
    "dead groups",
    "dead groups mail --state open",
  ])
    .addOption(choice("--state <state>", "only in this state", ["open", "reopened", "resolved"]))
    .action(async (processor: string | undefined, options: DeadGroupsOptions) =>
      (await import("../commands/dead-groups.ts")).deadGroupsCommand(deps, processor, options),
    );
  const list = leaf(dead, "list [PROCESSOR]", "dead letters, newest first", [
    "dead list mail --error TimedOut --since 2h",
    "dead list --person @alice@example.tld --sort attempts",
  ]).addOption(choice("--sort <order>", "the order", ["newest", "oldest", "attempts"], "newest"));
  deadFilter(pageOptions(list)).action(async (processor: string | undefined, options: DeadListOptions) =>
    (await import("../commands/dead-list.ts")).deadListCommand(deps, processor, options),
  );
  leaf(
    dead,
    "show <PROCESSOR|GROUP> [ID]",
    "one dead letter: its error, its attempts, its event; or one group",
    ["dead show mail 0-1795485891939-0", "dead show 3f9c0a1b2c4d"],
  )
    .option("--content", "with what it says, as a person would read it: it can be private")
    .option("--raw", "with its body: it can hold private notes")
    .action(async (what: string, id: string | undefined, options: DeadShowOptions) =>
      (await import("../commands/dead-show.ts")).deadShowCommand(deps, what, id, options),
    );

  const replay = leaf(
    dead,
    "replay [PROCESSOR] [IDS...]",
    "run dead letters again, with all their attempts",
    [
      "dead replay mail 0-1795485891939-0",
      "dead replay --group 3f9c0a1b2c4d --try 20 --max-failed 10 --rate 10",
      "dead replay mail --all --dry-run",
    ],
  )
    .option("--all", "all of the processor's")
    .option("--why <text>", "written down");
  runOptions(deadFilter(replay), { guarded: true }).action(
    async (processor: string | undefined, ids: string[], options: DeadReplayOptions) =>
      (await import("../commands/dead-replay.ts")).deadReplayCommand(
        deps,
        processor,
        ids,
        options,
        setExitCode,
      ),
  );
  const discard = leaf(
    dead,
    "discard [PROCESSOR] [IDS...]",
    "put dead letters away; for 7 days they can be recovered",
    [
      "dead discard mail 0-1795485891939-0 --why 'sent by hand'",
      "dead discard --group 3f9c0a1b2c4d --why 'that server is gone'",
    ],
  )
    .option("--all", "all of the processor's")
    .requiredOption("--why <text>", "the reason: written down, and shown with each letter");
  runOptions(deadFilter(discard), { guarded: false }).action(
    async (processor: string | undefined, ids: string[], options: DeadDiscardOptions) =>
      (await import("../commands/dead-discard.ts")).deadDiscardCommand(
        deps,
        processor,
        ids,
        options,
        setExitCode,
      ),
  );
  const discarded = leaf(
    dead,
    "discarded [PROCESSOR]",
    "what was put away, and until when it can be recovered",
    ["dead discarded"],
  );
  pageOptions(discarded).action(async (processor: string | undefined, options: DeadDiscardedOptions) =>
    (await import("../commands/dead-discarded.ts")).deadDiscardedCommand(deps, processor, options),
  );
  const recover = leaf(dead, "recover <PROCESSOR> [IDS...]", "make discarded letters dead letters again", [
    "dead recover mail 0-1795485891939-0",
    "dead recover mail --run r1a2b3",
  ])
    .option("--all", "all that the processor has")
    .option("--run <run>", "what this run discarded")
    .option("--why <text>", "written down");
  runOptions(recover, { guarded: false }).action(
    async (processor: string, ids: string[], options: DeadRecoverOptions) =>
      (await import("../commands/dead-recover.ts")).deadRecoverCommand(
        deps,
        processor,
        ids,
        options,
        setExitCode,
      ),
  );
  const exporting = leaf(
    dead,
    "export [PROCESSOR]",
    "dead letters with their bodies, one JSON document a line",
    ["dead export mail --since 7d > letters.ndjson"],
  ).option("--why <text>", "written down: bodies can be private");
  deadFilter(exporting).action(async (processor: string | undefined, options: DeadExportOptions) =>
    (await import("../commands/dead-export.ts")).deadExportCommand(deps, processor, options),
  );
  leaf(
    dead,
    "edit <PROCESSOR> <ID>",
    "run a dead letter with a body that you changed; the letter stays as it is",
    [
      "dead edit mail 0-1795485891939-0 > body.json",
      "dead edit mail 0-1795485891939-0 --body body.json --why 'the url was relative'",
    ],
  )
    .option("--body <file>", "the changed body; without it the body is printed, to be changed")
    .option("--why <text>", "written down")
    .option("--dry-run", "check the body and say what differs, and do nothing")
    .option("--yes", "do not ask")
    .action(async (processor: string, id: string, options: DeadEditOptions) =>
      (await import("../commands/dead-edit.ts")).deadEditCommand(deps, processor, id, options),
    );
  addGroups(dead, making);
  leaf(dead, "rebuild-index [PROCESSOR]", "build anew what filters and groups are read from", [
    "dead rebuild-index mail",
  ]).action(async (processor: string | undefined, options: CommonOptions) =>
    (await import("../commands/dead-rebuild-index.ts")).deadRebuildIndexCommand(deps, processor, options),
  );
}
