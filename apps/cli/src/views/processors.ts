import type { OffReason, ProcessorStatus } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { ago, duration, number, rate, since } from "../text/words.ts";
import { type Look, paragraph } from "./look.ts";

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

/** All of them: what is before them, how fast they are, what they want, and which are off. */
export function processorListView(
  processors: readonly ProcessorStatus[],
  off: readonly OffReason[],
  look: Look,
): string {
  const { paint, columns } = look;
  const speed = table({
    head: ["LAST 5 MIN", "DONE/MIN", "FAILED/MIN", "P95", "WANTS"],
    right: [1, 2, 3],
    rows: processors.map((each) => [
      each.name,
      figure(each.perMinute),
      (each.failedPerMinute ?? 0) > 0
        ? paint.yellow(figure(each.failedPerMinute))
        : figure(each.failedPerMinute),
      each.p95Ms === null ? "–" : duration(each.p95Ms),
      `${wishesText(each)}${each.since === null ? "" : paint.dim(`, since ${since(each.since, look.now)}`)}`,
    ]),
    columns,
    paintHead: paint.dim,
  });
  const [first] = processors;
  return [
    processorsView(processors, look),
    speed,
    off
      .map(({ name, why, partly }) =>
        paragraph(`${name} is off: ${oneLine(why)}.`, look, {
          rest: "  ",
          paint: partly ? paint.yellow : paint.dim,
        }),
      )
      .join("\n"),
    processors.length > 1 ? "" : "No processor is registered yet: start a worker (npm start).",
    first === undefined ? "" : paint.dim(`Its rules and settings: misskeep processors show ${first.name}`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** So many a minute; a dash where nothing is known. */
export function figure(perMinute: number | null): string {
  return perMinute === null ? "–" : rate(perMinute);
}

/** What is wrong with it. */
export function remarks(
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
