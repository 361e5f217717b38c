export { type Backlog, findBacklog } from "./backlog.ts";
export type { DeadQuery, FoundLetter, FoundLetters } from "./dead-index/dead-query.ts";
export { findDeadIds } from "./dead-index/find-dead-ids.ts";
export { InvalidCursor } from "./dead-index/position.ts";
export { dropDeadIndex } from "./dead-index/drop.ts";
export {
  clearGroupResolved,
  type GroupMarks,
  type GroupResolution,
  setGroupMuted,
  setGroupResolved,
} from "./dead-index/group-marks.ts";
export { type DeadGroupRecord, findDeadGroup, listDeadGroups } from "./dead-index/groups.ts";
export { type Fingerprint, fingerprint } from "./dead-index/fingerprint.ts";
export { deadIndexSize } from "./dead-index/index-size.ts";
export { reconcileDeadIndex, type ReconcileOptions } from "./dead-index/reconcile.ts";
export { type Place } from "./dead-index/walk.ts";
export { indexDeadLetter, unindexDeadLetter } from "./dead-index/update-letters.ts";
export { type DeadLetter, findDeadLetter, type LetterEdit, replayDeadLetter } from "./dead-letters.ts";
export { DISCARD_KEPT_MS, discardDeadLetter, type DiscardNote, type StoredDiscard } from "./discard.ts";
export { editDeadLetter } from "./edit-letter.ts";
export { type DiscardedDeadLetter, findDiscardedLetter } from "./discarded-letters.ts";
export { eraseJob, type JobErasure } from "./erase-job.ts";
export type { DeadFilter, DeadSort } from "./dead-filter.ts";
export { type Dispatched } from "./dispatch.ts";
export { type DispatcherOptions, startDispatcher } from "./dispatcher.ts";
export { eventIdOf, type LoadedEvent, loadEvent } from "./event-job.ts";
export type { EventQueue } from "./event-queue.ts";
export { type EventJobData } from "./job-data.ts";
export { findJob, type JobReport } from "./find-job.ts";
export { type JobMemory, measureJobs } from "./job-memory.ts";
export { findJobsOfEvent } from "./jobs-of-event.ts";
export { keepTidy } from "./housekeeping.ts";
export { findPause, type Pause, pauseProcessor, resumeProcessor } from "./pause.ts";
export { personDigest, textDigest } from "./search-digest.ts";
export { purgeDiscarded, tidyDiscarded } from "./purge-discarded.ts";
export { type ProcessDeps, toRunnable } from "./process-event.ts";
export { type ProcessorWorker, startProcessorWorker } from "./processor-worker.ts";
export { quarantine } from "./quarantine.ts";
export { openQueues, type Queues } from "./queues.ts";
export { listRemoved, type RemovedSubscription, removeSubscription } from "./remove-subscription.ts";
export { recoverDeadLetter } from "./recover.ts";
export type { RunDeps, RunReport } from "./run-deps.ts";
export { cancelRun, pauseRun, resumeRun, RUN_KEPT_MS } from "./runs/change-state.ts";
export { createRun, findActiveRun, type NewRun } from "./runs/create-run.ts";
export { findRun, findStoredRun, listRuns, type RunPage } from "./runs/find-runs.ts";
export { readReceivedAt, readTypes } from "./runs/letter-types.ts";
export { listItems, type RunItemPage } from "./runs/list-items.ts";
export { createdAtOf, newRunId } from "./runs/run-id.ts";
export {
  type BackfillEvent,
  type BackfillPage,
  type BackfillScope,
  pageOfBackfill,
} from "./runs/select-backfill.ts";
export { selectItems } from "./runs/select-items.ts";
export { type RunnerDeps, startRunner } from "./runs/start-runner.ts";
export type { StoredRun } from "./runs/stored-run.ts";
export type { Run, RunGuard, RunItem, RunItemState, RunKind, RunScope, RunState } from "./runs/run.ts";
export type { RecordedEnd, RecordedError, RunEntry } from "./run-record.ts";
export type { Runnable } from "./runnable.ts";
export { forgetQueueEvents, type JobKind, kindsOfJobs, type ScannedJob, scanJobs } from "./scan-jobs.ts";
export { listSubscriptions, type ProcessorSubscription } from "./subscriptions.ts";
export {
  longestRunning,
  type OffProcessor,
  type ProcessorRules,
  type ProcessorSetting,
  type RunningJob,
  type WorkerAbout,
  type WorkerDetails,
  type WorkerState,
} from "./worker-about.ts";
export { type BeatingWorker, keepBeating, listWorkers, type WorkerRecord } from "./workers.ts";
