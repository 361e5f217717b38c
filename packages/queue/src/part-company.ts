import type { RunEntry } from "./run-record.ts";
import { dead, moveToDelayed } from "./settle.ts";
import type { Ending } from "./ending.ts";

/** Five starts that never ended, and the job is taken for what stops its workers. */
const MAX_CRASHES = 5;

const FIRST_SPREAD_MS = 2_500;

/**
 * Settles a job whose run before never ended: its worker died, of this job or of another one beside it.
 *
 * The jobs that were stopped together come back at random moments, farther apart each time, so that the
 * culprit is soon alone and only it is started five times in vain. BullMQ's own count (`maxStalledCount`)
 * brings them back to the head of the queue together, and all of them die.
 *
 * @param crashes how many runs of the job never ended, this one included
 */
export async function partCompany(ending: Ending, unended: RunEntry, crashes: number): Promise<never> {
  const entry = { ...unended, endedAt: Date.now() };
  if (crashes >= MAX_CRASHES) {
    const error = {
      name: "StoppedItsWorker",
      message: "It stopped its worker five times.",
      code: "STOPPED_ITS_WORKER",
    };
    await ending.finish({ ...entry, end: "dead", error }, { crashes, end: { type: "dead", error } });
    return dead(error);
  }
  const error = {
    name: "WorkerStopped",
    message: "Its worker stopped before it ended.",
    code: "WORKER_STOPPED",
  };
  const delayMs = Math.round((0.1 + Math.random()) * FIRST_SPREAD_MS * 2 ** (crashes - 1));
  await ending.finish({ ...entry, end: "crashed", error }, { crashes }, delayMs);
  return moveToDelayed(ending, delayMs);
}
