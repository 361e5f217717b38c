import type { Run, RunItems, RunItemState, RunPage, RunState } from "@misskeep/operations";
import { type Followed, itemsText } from "../follow-run.ts";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { ago, count, duration, exactAndAgo, number } from "../text/words.ts";
import { filterText } from "./filter.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { nextPage } from "./next-page.ts";

/** Runs, newest first. */
export function runsView({ runs, next }: RunPage, look: Look): string {
  const { paint, columns, now } = look;
  const [first] = runs;
  if (first === undefined)
    return "No runs: none is under way, and none ended within 14 days. `misskeep dead replay` starts one.";
  const rows = runs.map((run) => [
    run.id,
    duration(now - run.createdAt),
    stateText(run.state, look),
    `${number(run.done)}/${number(run.total)}`,
    run.processor,
    `${oneLine(run.name)} ${paint.dim(`(${oneLine(run.by)})`)}`,
  ]);
  const head = ["RUN", "AGO", "STATE", "DONE", "PROCESSOR", "WHAT"];
  return [
    table({ head, rows, widest: 16, right: [1, 3], columns, paintHead: paint.dim }),
    paint.dim([...nextPage(next), `One of them: misskeep runs show ${first.id}`].join("\n")),
  ].join("\n\n");
}

/** One run, and a page of what became of its jobs. */
export function runView(run: Run, page: RunItems, look: Look): string {
  const { paint, now, columns } = look;
  const { items, next } = page;
  const rows = items.map((item) => [
    item.id,
    ago(item.at, now),
    itemText(item.state, look),
    oneLine(item.message ?? ""),
  ]);
  const head = ["JOB", "CHANGED", "STATE", "WHY"];
  return [
    runFacts(run, look),
    rows.length === 0
      ? paint.dim("None of its jobs to show.")
      : table({ head, rows, whole: [0], columns, paintHead: paint.dim }),
    paint.dim([...nextPage(next), ...todo(run)].join("\n")),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** How a run went, or why it is not watched any more. */
export function followedView({ run, left }: Followed, look: Look): string {
  const { paint } = look;
  const { id, processor } = run;
  const title = `Run ${id} ${stateText(run.state, look)}: ${number(run.done)} of ${number(run.total)}, ${itemsText(run)}.`;
  const why = {
    interrupted: "No longer watched; the run goes on in the workers.",
    detached: "Not watched; the workers execute it.",
    "no-worker": "No live worker: the run waits until one starts (npm start).",
    waits: `The run waits for a person${run.stateWhy === null ? "" : `: ${oneLine(run.stateWhy)}`}.`,
  };
  return [
    ...(left === undefined ? [title] : [title, paragraph(why[left], look, { paint: paint.yellow })]),
    "",
    paint.dim(
      [
        ...(run.items.dead > 0 ? [`Dead again:  misskeep dead groups ${processor}`] : []),
        ...(left === undefined ? [`Job by job:  misskeep runs show ${id}`] : todo(run)),
      ].join("\n"),
    ),
  ].join("\n");
}

function runFacts(run: Run, look: Look): string {
  const { paint, now } = look;
  const { id, kind, processor, scope, ratePerSecond, guard, createdAt, endedAt } = run;
  const conditions = filterText("filter" in scope ? scope.filter : { ...scope, kind: undefined }, now);
  const state = stateText(run.state, look);
  return [
    paint.bold(`Run ${id}: ${oneLine(run.name)}`),
    fact("state", run.stateWhy === null ? state : `${state}, ${oneLine(run.stateWhy)}`, look),
    fact("does", `${kind} at ${processor}${conditions === "" ? "" : `; ${conditions}`}`, look),
    fact("done", `${number(run.done)} of ${number(run.total)}: ${itemsText(run)}`, look),
    ...(ratePerSecond === null ? [] : [fact("rate", `${number(ratePerSecond)} a second`, look)]),
    ...(guard === null
      ? []
      : [fact("guard", `first ${number(guard.first)}; stops if over ${guard.maxFailed} % fail`, look)]),
    fact("started", `${exactAndAgo(createdAt, now)} by ${oneLine(run.by)}`, look),
    ...(run.why === "" ? [] : [fact("why", oneLine(run.why), look)]),
    ...(endedAt === null
      ? []
      : [fact("ended", `${exactAndAgo(endedAt, now)}, after ${duration(endedAt - createdAt)}`, look)]),
  ].join("\n");
}

/** What can be done next, by its state. */
function todo({ id, state, items, processor, kind }: Run): string[] {
  switch (state) {
    case "running":
    case "trying":
      return [
        `Watch it:    misskeep runs show ${id} --watch`,
        `Make it wait: misskeep runs pause ${id}`,
        `End it:      misskeep runs cancel ${id}`,
      ];
    case "paused":
    case "stopped":
      return [
        ...(items.dead > 0 ? [`What failed: misskeep runs show ${id} --state dead`] : []),
        `Go on:       misskeep runs resume ${id}`,
        `End it:      misskeep runs cancel ${id}`,
      ];
    case "cancelled":
    case "done":
      return [
        ...(items.dead > 0 ? [`Dead again:  misskeep dead groups ${processor}`] : []),
        ...(kind === "discard" && items.discarded > 0
          ? [`Take it back: misskeep dead recover ${processor} --run ${id}`]
          : []),
      ];
  }
}

function stateText(state: RunState, { paint }: Look): string {
  const colour = { running: paint.cyan, trying: paint.cyan, done: paint.green };
  return (colour[state as keyof typeof colour] ?? paint.yellow)(state);
}

function itemText(state: RunItemState, { paint }: Look): string {
  const colour = { dead: paint.red, failing: paint.yellow, skipped: paint.yellow, handled: paint.green };
  return (colour[state as keyof typeof colour] ?? ((text: string) => text))(state);
}

/** What was done to a run. */
export function runChangedView(run: Run, look: Look): string {
  const { done, total, id } = run;
  const next = todo(run);
  return [
    `Run ${id} is ${stateText(run.state, look)}, with ${number(done)} of ${count(total, "job")} done.`,
    ...(next.length === 0 ? [] : ["", look.paint.dim(next.join("\n"))]),
  ].join("\n");
}
