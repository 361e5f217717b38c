import type { ErasePlan, Erasure } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { count, number } from "../text/words.ts";
import { fact, type Look, paragraph } from "./look.ts";

/** What is meant: `@alice@example.tld`, `note 9xyz`. */
export function targetText({ target }: Pick<ErasePlan, "target">): string {
  return oneLine("note" in target ? `note ${target.note}` : target.person);
}

export function erasable({ inbox, jobs, dead, discarded, waiting }: ErasePlan): number {
  return inbox + jobs + dead + discarded + waiting;
}

/** What an erasure would erase. */
export function erasePlanView(plan: ErasePlan, look: Look): string {
  const { paint } = look;
  if (erasable(plan) === 0)
    return `Nothing of ${targetText(plan)} in ${count(plan.scanned, "event and job", "events and jobs")}.`;
  return [
    paint.bold(`Plan: erase what ${targetText(plan)} said, for good`),
    ...counts(plan, look),
    paragraph(
      "Ids, keys, times and states stay. What is not handled yet will not be. Out of reach: what processors did " +
        "with it elsewhere, logs, ingest's spool, backups.",
      look,
      { paint: paint.dim },
    ),
  ].join("\n");
}

/** What was erased. */
export function erasureView(erasure: Erasure, look: Look): string {
  const { paint } = look;
  const { waiting, disk } = erasure;
  const done = erasable(erasure) - waiting;
  const disks = {
    rewriting: "Redis writes its file anew, so that it leaves the disk, too.",
    busy: "Redis' file on disk was being written already: run this again later, so that it leaves the disk, too.",
    refused:
      "This server does not let us rewrite its file on disk: what was erased stays in it until it does.",
    off: "Redis keeps no append-only file; old snapshots and backups are yours to delete.",
  };
  return [
    done === 0 ? "Nothing was erased." : paint.green(`Erased in ${count(done, "place")}:`),
    ...(done === 0 ? [] : counts({ ...erasure, waiting: 0 }, look)),
    ...(disk === null ? [] : [paragraph(disks[disk], look)]),
    ...(waiting === 0
      ? []
      : [
          paragraph(
            `${count(waiting, "more is", "more are")} not dispatched yet, or running right now: run this again in a while.`,
            look,
            { paint: paint.yellow },
          ),
        ]),
  ].join("\n");
}

function counts({ inbox, jobs, dead, discarded, waiting, scanned }: ErasePlan, look: Look): string[] {
  return [
    fact("inbox", count(inbox, "event"), look),
    fact(
      "jobs",
      `${number(jobs)} that wait or ended, ${number(dead)} dead, ${number(discarded)} discarded`,
      look,
    ),
    ...(waiting === 0 ? [] : [fact("later", `${number(waiting)} not dispatched, or running`, look)]),
    fact("looked at", number(scanned), look),
  ];
}
