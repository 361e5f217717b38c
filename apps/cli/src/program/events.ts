import { type Command, Option } from "commander";
import type { EventsBackfillOptions } from "../commands/events-backfill.ts";
import type { EventsEraseOptions } from "../commands/events-erase.ts";
import type { EventsListOptions } from "../commands/events-list.ts";
import type { EventsShowOptions } from "../commands/events-show.ts";
import type { EventsTailOptions } from "../commands/events-tail.ts";
import { group, leaf, type Making } from "./leaf.ts";
import { choice, moment, runOptions, wholeNumber, words } from "./values.ts";

export function addEvents(program: Command, { deps, setExitCode }: Making): void {
  const events = group(program, "events", "what came in");
  leaf(events, "list", "the events in the inbox, newest first", [
    "events list --type mention --since 2h",
    "events list --person @alice@example.tld",
  ])
    .option("--limit <n>", "how many", wholeNumber(1, 500), 20)
    .option("--before <id>", "only events older than this one")
    .option("--type <type>", "only events of this type")
    .option("--hook <name>", "only events of this hook")
    .option("--person <handle>", "only events in which @alice@example.tld takes part")
    .option("--since <when>", "received since: 2h, 7d, 2026-11-24T06:00:00Z", moment)
    .option("--until <when>", "received until", moment)
    .action(async (options: EventsListOptions) =>
      (await import("../commands/events-list.ts")).eventsListCommand(deps, options),
    );
  leaf(events, "show <ID>", "one event, and what each processor made of it", [
    "events show 0-1795485891939-0",
    "events show 0-1795485891939-0 --as curl",
  ])
    .option("--content", "with what it says, as a person would read it: it can be private")
    .option("--raw", "with its body: it can hold private notes")
    .addOption(
      choice("--as <form>", "its delivery as a command or a test's file instead", ["curl", "fixture"]),
    )
    .action(async (id: string, options: EventsShowOptions) =>
      (await import("../commands/events-show.ts")).eventsShowCommand(deps, id, options),
    );
  leaf(events, "tail", "events as they come; with --json one document a line", [
    "events tail --type mention",
    "events tail --json | jq .sentence",
  ])
    .option("--type <type>", "only events of this type")
    .option("--hook <name>", "only events of this hook")
    .action(async (options: EventsTailOptions) =>
      (await import("../commands/events-tail.ts")).eventsTailCommand(deps, options),
    );
  const backfill = leaf(events, "backfill <PROCESSOR>", "run old events of the inbox through a processor", [
    "events backfill relay --since 7d --dry-run",
    "events backfill relay --since 7d --type note,mention --rate 10",
  ])
    .requiredOption("--since <when>", "received since: 2h, 7d, 2026-11-24T06:00:00Z", moment)
    .option("--until <when>", "received until (default: now)", moment)
    .option("--type <types>", "only of these types, with commas between (default: what it wants)", words)
    .option("--hook <name>", "only events of this hook")
    .option("--why <text>", "written down");
  runOptions(backfill, { guarded: true }).action(async (processor: string, options: EventsBackfillOptions) =>
    (await import("../commands/events-backfill.ts")).eventsBackfillCommand(
      deps,
      processor,
      options,
      setExitCode,
    ),
  );
  leaf(events, "erase", "erase what a person or a note said, wherever Misskeep keeps it; for good", [
    "events erase --person @alice@example.tld --dry-run",
    "events erase --note 9xyzabc123 --why 'asked for by mail'",
  ])
    .addOption(new Option("--person <handle>", "of this person, and what names them").conflicts("note"))
    .option("--note <id>", "of this note, by Misskey's id of it")
    .option("--why <text>", "written down")
    .option("--dry-run", "count what would be erased, and do nothing")
    .option("--yes", "do not ask")
    .action(async (options: EventsEraseOptions) =>
      (await import("../commands/events-erase.ts")).eventsEraseCommand(deps, options, setExitCode),
    );
}
