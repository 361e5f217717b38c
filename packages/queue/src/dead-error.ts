import type { RecordedEnd, RecordedError, RunEntry } from "./run-record.ts";

/** Why a job is dead: what its last run threw, or else what was recorded, or what BullMQ was told. */
export function deadError(
  history: readonly RunEntry[],
  end: RecordedEnd | undefined,
  failedReason: string | null | undefined,
): RecordedError {
  const last = history.at(-1)?.error;
  return last ?? (end?.type === "dead" ? end.error : { name: "Unknown", message: failedReason ?? "" });
}
