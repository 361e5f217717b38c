import type { RunGuard, RunPlan } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { count, duration, exactAndAgo, number } from "../text/words.ts";
import { filterText } from "./filter.ts";
import { fact, type Look } from "./look.ts";

const SHOWN_TYPES = 8;

const WHAT = {
  replay: ["Replay", "dead letter"],
  discard: ["Discard", "dead letter"],
  recover: ["Recover", "discarded letter"],
  backfill: ["Backfill", "event"],
} as const;

const WILL = {
  replay: "will run again.",
  discard: "will be put away; for 7 days they can be recovered.",
  recover: "will be dead letters again.",
  backfill: "will run, as if they had just come.",
} as const;

/** What is asked before the run begins. */
export function planSentence({ scope, total, complete, processor }: RunPlan): string {
  const [, noun] = WHAT[scope.kind];
  const least = complete ? "" : "At least ";
  const to = scope.kind === "backfill" ? "through" : "of";
  return `${least}${count(total, noun)} ${to} ${processor} ${WILL[scope.kind]}`;
}

/** What a run would do, how long it would take, and what speaks against it. */
export function planView(
  plan: RunPlan,
  how: { readonly ratePerSecond: number | null; readonly guard: RunGuard | null },
  look: Look,
): string {
  const { scope, processor, total, complete, target, handledElsewhere: elsewhere } = plan;
  const { paint, now } = look;
  const [verb, noun] = WHAT[scope.kind];
  const isRunning = scope.kind === "replay" || scope.kind === "backfill";
  const conditions = "filter" in scope ? filterText(scope.filter, now) : "";
  if (total === 0)
    return `No ${noun}s of ${processor}${conditions === "" ? "" : ` that meet: ${conditions}`}. Nothing to do.`;
  const most = complete ? count(total, noun) : `at least ${count(total, noun)}`;
  const title = `Plan: ${verb.toLowerCase()} ${most} ${scope.kind === "backfill" ? "through" : "of"} ${processor}`;
  const { oldestReceivedAt: oldest, newestReceivedAt: newest } = plan;
  return [
    paint.bold(title),
    ...(conditions === "" ? [] : [fact("only", conditions, look)]),
    fact("types", typesText(plan), look),
    ...(oldest === null ? [] : [fact("oldest", exactAndAgo(oldest, now), look)]),
    ...(newest === null || newest === oldest ? [] : [fact("newest", exactAndAgo(newest, now), look)]),
    ...(elsewhere === null
      ? []
      : [
          fact(
            "elsewhere",
            `of ${number(elsewhere.sampled)} looked at, ${number(elsewhere.handled)} were handled by another processor`,
            look,
          ),
        ]),
    ...(isRunning
      ? [
          fact(
            "processor",
            `${count(target.workers, "live worker")}, ${number(target.waiting)} waiting`,
            look,
          ),
        ]
      : []),
    fact("takes", takesText(total, how.ratePerSecond), look),
    ...(how.guard === null
      ? []
      : [
          fact(
            "guard",
            `first ${number(Math.min(how.guard.first, total))}; stops if more than ${how.guard.maxFailed} % of them fail`,
            look,
          ),
        ]),
    ...warnings(plan).map((text) => fact("", paint.yellow(text), look)),
  ].join("\n");
}

function typesText({ byType }: RunPlan): string {
  const shown = byType
    .slice(0, SHOWN_TYPES)
    .map(({ type, count: times }) => `${oneLine(type ?? "none")} ${number(times)}`);
  const others = byType.slice(SHOWN_TYPES).reduce((sum, { count: times }) => sum + times, 0);
  return [...shown, ...(others > 0 ? [`others ${number(others)}`] : [])].join(", ");
}

function takesText(total: number, ratePerSecond: number | null): string {
  if (ratePerSecond === null) return "as long as the workers need; --rate <n> goes slower";
  return `about ${duration((1_000 * total) / ratePerSecond)}, at ${number(ratePerSecond)} a second`;
}

function warnings({ scope, processor, target, alreadyThere, activeRun }: RunPlan): string[] {
  const isRunning = scope.kind === "replay" || scope.kind === "backfill";
  return [
    ...(target.workers === 0 && isRunning ? [`No live worker runs ${processor}: they will wait.`] : []),
    ...(target.paused && isRunning
      ? [`${processor} is paused: they will wait until misskeep processors resume ${processor}`]
      : []),
    ...(alreadyThere !== null && alreadyThere > 0
      ? [
          `${processor} already got ${number(alreadyThere)} of these events. As a backfill each has a ` +
            "new idempotency key: what it did then happens again.",
        ]
      : []),
    ...(activeRun === null
      ? []
      : [`Run ${activeRun} is under way for it: misskeep runs show ${activeRun} --watch`]),
  ];
}
