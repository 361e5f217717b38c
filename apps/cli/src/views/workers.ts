import type { WorkerRecord } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { duration, number, size } from "../text/words.ts";
import { type Look, paragraph } from "./look.ts";

const SHOWN_JOBS = 20;
const CLOCK_OFF_MS = 5_000;

/** Every worker, then what they run now, the longest first. */
export function workersView(workers: readonly WorkerRecord[], look: Look): string {
  const { paint, columns, now } = look;
  if (workers.length === 0)
    return "No worker is live, and none stopped or fell silent lately. Start one: npm start";
  const list = table({
    head: ["HOST", "PID", "STATE", "FOR", "MEMORY", "RUNS", "VERSION", "PROCESSORS"],
    right: [1, 3, 4, 5],
    widest: 16,
    rows: workers.map((worker) => [
      oneLine(worker.about.host),
      String(worker.about.pid),
      ...stateOf(worker, look),
      worker.about.rssBytes === null ? "–" : size(worker.about.rssBytes),
      worker.live ? number(worker.about.running.length) : "–",
      oneLine(worker.about.version),
      worker.processors.length === 0 ? "none" : worker.processors.join(", "),
    ]),
    columns,
    paintHead: paint.dim,
  });
  const clocks = workers.flatMap(({ live, clockAheadMs, about }) =>
    live && Math.abs(clockAheadMs ?? 0) > CLOCK_OFF_MS
      ? [
          paragraph(
            `The clock of ${oneLine(about.host)} is ${duration(Math.abs(clockAheadMs ?? 0))} ${(clockAheadMs ?? 0) > 0 ? "ahead of" : "behind"} Redis'.`,
            look,
            { paint: paint.yellow },
          ),
        ]
      : [],
  );
  return [list, clocks.join("\n"), runningView(workers, { paint, columns, now })]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Its state, and since when: the start of a live one, the last sign of another. */
function stateOf(
  { live, stoppedAt, startedAt, seenAt }: WorkerRecord,
  { paint, now }: Look,
): [state: string, since: string] {
  if (stoppedAt !== null) return [paint.dim("stopped"), duration(now - stoppedAt)];
  return live
    ? [paint.green("live"), duration(now - startedAt)]
    : [paint.yellow("silent"), duration(now - seenAt)];
}

function runningView(workers: readonly WorkerRecord[], { paint, columns, now }: Look): string {
  const jobs = workers
    .filter(({ live }) => live)
    .flatMap(({ about }) => about.running.map((job) => ({ ...job, on: `${about.host} ${about.pid}` })))
    .toSorted((a, b) => a.since - b.since);
  if (jobs.length === 0) return paint.dim("Nothing runs right now.");
  const rows = jobs
    .slice(0, SHOWN_JOBS)
    .map(({ processor, jobId, since, on }) => [processor, jobId, duration(now - since), oneLine(on)]);
  const head = ["RUNS NOW", "JOB", "FOR", "ON"];
  return [
    table({ head, rows, whole: [1], right: [2], columns, paintHead: paint.dim }),
    ...(jobs.length > SHOWN_JOBS ? [paint.dim(`and ${number(jobs.length - SHOWN_JOBS)} more`)] : []),
  ].join("\n");
}
