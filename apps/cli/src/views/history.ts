import type { RunEntry } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { duration, exact } from "../text/words.ts";
import type { Look } from "./look.ts";

const ENDS = {
  handled: "handled",
  ignored: "ignored",
  retry: "failed",
  later: "put off",
  paused: "paused",
  dead: "dead",
  "handed-back": "handed back",
  crashed: "crashed",
} as const;

/** The runs of one job, oldest first. */
export function historyView(history: readonly RunEntry[], { paint, columns }: Look): string {
  return table({
    head: ["TRY", "STARTED", "TOOK", "ENDED", "WHY"],
    right: [0, 2],
    rows: history.map(({ attempt, startedAt, endedAt, end, error, worker }) => [
      String(attempt),
      exact(startedAt).slice(0, 19),
      endedAt === undefined ? "" : duration(endedAt - startedAt),
      end === undefined ? "running" : ENDS[end],
      `${error ? `${errorText(error)} ` : ""}${paint.dim(`(${oneLine(worker)})`)}`,
    ]),
    columns,
    paintHead: paint.dim,
  });
}

/** `HttpError: the answer was 500` */
export function errorText(error: { readonly name: string; readonly message: string }): string {
  return oneLine(`${error.name}: ${error.message}`);
}
