import { type Command, Option } from "commander";
import type { DeadMuteOptions } from "../commands/dead-mute.ts";
import type { DeadResolveOptions } from "../commands/dead-resolve.ts";
import { leaf, type Making } from "./leaf.ts";
import { comingMoment } from "./values.ts";

/** What is said of a group, rather than done to its letters. */
export function addGroups(dead: Command, { deps }: Making): void {
  leaf(dead, "resolve <GROUP>", "say that what made a group fail is mended; a new death reopens it", [
    "dead resolve 3f9c0a1b2c4d --why 'the certificate is renewed'",
  ])
    .option("--why <text>", "shown to whoever looks")
    .action(async (id: string, options: DeadResolveOptions) =>
      (await import("../commands/dead-resolve.ts")).deadResolveCommand(deps, id, options),
    );
  leaf(dead, "reopen <GROUP>", "take that back", ["dead reopen 3f9c0a1b2c4d"])
    .option("--why <text>", "written down")
    .action(async (id: string, options: DeadResolveOptions) =>
      (await import("../commands/dead-resolve.ts")).deadReopenCommand(deps, id, options),
    );
  leaf(dead, "mute <GROUP>", "no alerts about a group for a while", [
    "dead mute 3f9c0a1b2c4d --until 8h",
    "dead mute 3f9c0a1b2c4d --off",
  ])
    .option("--until <when>", "8h, 2d from now, or a date", comingMoment)
    .addOption(new Option("--off", "alert again").conflicts("until"))
    .option("--why <text>", "written down")
    .action(async (id: string, options: DeadMuteOptions) =>
      (await import("../commands/dead-mute.ts")).deadMuteCommand(deps, id, options),
    );
}
