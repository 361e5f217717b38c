import type { ProcessorStatus } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { ago, number, since } from "../text/words.ts";
import type { Look } from "./look.ts";

/** One line a processor: what it has before it, and what is wrong with it. */
export function processorsView(processors: readonly ProcessorStatus[], look: Look): string {
  const { paint, columns, now } = look;
  return table({
    head: ["PROCESSOR", "WAITING", "ACTIVE", "DELAYED", "DEAD", "WORKERS", ""],
    right: [1, 2, 3, 4, 5],
    rows: processors.map((each) => [
      each.name,
      number(each.waiting),
      number(each.active),
      number(each.delayed),
      each.dead > 0 ? paint.red(number(each.dead)) : "0",
      number(each.workers),
      remarks(each, now).map(paint.yellow).join(", "),
    ]),
    columns,
    paintHead: paint.dim,
  });
}

function remarks(
  { paused, workers, seenAt, oldestWaitingAt, removed }: ProcessorStatus,
  now: number,
): string[] {
  const out: string[] = [];
  if (paused) out.push(pauseText(paused, now));
  if (removed) out.push("removed, with jobs left");
  else if (workers === 0) out.push(seenAt === null ? "no worker" : `no worker since ${since(seenAt, now)}`);
  if (oldestWaitingAt !== null && now - oldestWaitingAt > 60_000)
    out.push(`oldest ${ago(oldestWaitingAt, now)}`);
  return out;
}

export function pauseText(
  pause: { readonly by: string; readonly why: string; readonly at: number },
  now: number,
): string {
  const why = pause.why === "" ? "" : `: ${oneLine(pause.why)}`;
  const when = pause.at === 0 ? "" : ` ${ago(pause.at, now)}`;
  return `paused${when} by ${oneLine(pause.by)}${why}`;
}

/** What a processor wants, in words. */
export function wishesText({ subscriptions, removed }: ProcessorStatus): string {
  if (subscriptions.length === 0) return removed ? "nothing any more" : "what cannot be dispatched";
  return subscriptions
    .map(({ on, hooks }) => {
      const types = on.includes("*") ? "every type" : on.map(oneLine).join(", ");
      return hooks === undefined ? types : `${types} of ${hooks.map(oneLine).join(", ")}`;
    })
    .join("; or ");
}
