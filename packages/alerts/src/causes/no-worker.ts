import type { FindCauses } from "../cause.ts";
import { ours, say } from "../text/text.ts";
import { count, since } from "../text/words.ts";

/** A restart is shorter. */
const AFTER_MS = 5 * 60_000;

/** No worker runs a processor that events wait for, or will. */
export const noWorker: FindCauses = ({ processors, at }) =>
  processors.flatMap(({ name, workers, seenAt, waiting, removed }) =>
    removed || workers > 0 || seenAt === null || at - seenAt < AFTER_MS
      ? []
      : {
          id: `no-worker:${name}`,
          level: "down",
          title: say`no worker for ${name}`,
          what: say`No worker runs ${name} since ${since(seenAt, at)}; ${count(waiting, "event")} ${ours(
            waiting === 1 ? "waits" : "wait",
          )}. Start one, or remove the processor if it is wanted no more.`,
          help: { command: "misskeep workers list", path: "/workers" },
        },
  );
