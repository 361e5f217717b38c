export { type Backlog, findBacklog } from "./backlog.ts";
export { type DeadLetter, findDeadLetter, listDeadLetters, replayDeadLetter } from "./dead-letters.ts";
export { DISCARD_KEPT_MS, discardDeadLetter, type DiscardNote, type StoredDiscard } from "./discard.ts";
export { eraseJob, type JobErasure } from "./erase-job.ts";
export type { DeadFilter, DeadSort } from "./dead-filter.ts";
export { type Dispatched } from "./dispatch.ts";
export { type DispatcherOptions, startDispatcher } from "./dispatcher.ts";
export { type EventJobData, eventIdOf, type LoadedEvent, loadEvent } from "./event-job.ts";
export { findJob, type JobReport } from "./find-job.ts";
export { keepTidy } from "./housekeeping.ts";
export { findPause, type Pause, pauseProcessor, resumeProcessor } from "./pause.ts";
export { purgeDiscarded } from "./purge-discarded.ts";
export { type ProcessDeps, toRunnable } from "./process-event.ts";
export { type ProcessorWorker, startProcessorWorker } from "./processor-worker.ts";
export { quarantine } from "./quarantine.ts";
export { type EventQueue, openQueues, type Queues } from "./queues.ts";
export { listRemoved, type RemovedSubscription, removeSubscription } from "./remove-subscription.ts";
export { recoverDeadLetter } from "./recover.ts";
export type { RunDeps, RunReport } from "./run-deps.ts";
export type { Run, RunGuard, RunItem, RunItemState, RunKind, RunScope, RunState } from "./runs/run.ts";
export type { RecordedEnd, RecordedError, RunEntry } from "./run-record.ts";
export type { Runnable } from "./runnable.ts";
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
