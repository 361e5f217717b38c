import type { Log } from "@misskeep/processor";
import type { RunReport } from "@misskeep/queue";

/** Writes how a run ended; what a person has to look at is a warning or an error. */
export function logRun(log: Log, { processor, eventId, run, delayMs }: RunReport): void {
  const fields = {
    eventId,
    processor,
    attempt: run.attempt,
    end: run.end,
    ms: (run.endedAt ?? run.startedAt) - run.startedAt,
    ...(delayMs === undefined ? {} : { nextInMs: delayMs }),
    ...(run.error === undefined ? {} : { error: run.error }),
  };
  switch (run.end) {
    case "dead":
      return log.error(fields, "dead letter");
    case "paused":
      return log.error(fields, "the processor paused itself: its settings are wrong");
    case "retry":
    case "crashed":
      return log.warn(fields, "failed; it is tried again");
    case "later":
    case "handed-back":
      return log.info(fields, "put off");
    default:
      return log.info(fields, run.end ?? "ended");
  }
}
