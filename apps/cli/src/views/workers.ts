import type { WorkerRecord } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { ago } from "../text/words.ts";
import type { Look } from "./look.ts";

export function workersView(workers: readonly WorkerRecord[], { paint, columns, now }: Look): string {
  if (workers.length === 0)
    return "No worker is live, and none stopped or fell silent lately. Start one: npm start";
  return table({
    head: ["HOST", "PID", "STATE", "STARTED", "VERSION", "PROCESSORS"],
    right: [1],
    rows: workers.map(({ about, live, startedAt, seenAt, stoppedAt, processors }) => [
      oneLine(about.host),
      String(about.pid),
      stoppedAt !== null
        ? paint.dim(`stopped, ${ago(stoppedAt, now)}`)
        : live
          ? paint.green("live")
          : paint.yellow(`silent, ${ago(seenAt, now)}`),
      ago(startedAt, now),
      oneLine(about.version),
      processors.length === 0 ? "none" : processors.join(", "),
    ]),
    columns,
    paintHead: paint.dim,
  });
}
