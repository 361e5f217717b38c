/** What the command line and the console do: plain data in and out, nothing printed. */
export type { Actor } from "./actor.ts";
export { type AuditFact, type AuditPage, listAudit, recordAudit } from "./audit.ts";
export type { AuditAction, AuditEntry } from "./audit-entry.ts";
export { checkEdit, type EditCheck } from "./check-edit.ts";
export { type Context, openContext } from "./context.ts";
export { type Diagnosis, doctor, type DoctorOptions, type Finding } from "./doctor.ts";
export { type EditedDead, editDead } from "./edit-dead.ts";
export { OperationError, type OperationErrorCode } from "./errors.ts";
export type { EventSummary, MisskeyFacts, RawBody } from "./event-summary.ts";
export { checkDeadFilter } from "./check-dead-filter.ts";
export { type DeadLetterPage, listDead } from "./list-dead.ts";
export { erase, type EraseOptions, type Erasure } from "./erase.ts";
export { exportDead, type ExportedLetter } from "./export-dead.ts";
export { type Fixture, type KnownDelivery, toCurl, toFixture } from "./fixture.ts";
export { listGroups, type ListGroupsOptions } from "./list-groups.ts";
export { toGroup } from "./read-group.ts";
export { muteGroup } from "./mute-group.ts";
export { rebuildDeadIndex, type RebuiltIndex } from "./rebuild-dead-index.ts";
export { reopenGroup, resolveGroup } from "./resolve-group.ts";
export { showGroup } from "./show-group.ts";
export { type DeadLetterSummary, summarizeDead } from "./summarize-dead.ts";
export { type EventPage, listEvents, type ListEventsOptions } from "./list-events.ts";
export { type DiscardedPage, listDiscarded } from "./list-discarded.ts";
export { listProcessors, type ProcessorStatus } from "./list-processors.ts";
export { listOff, type OffReason } from "./list-off.ts";
export { listWorkers } from "./list-workers.ts";
export type { MemoryOwner } from "./memory-owners.ts";
export { type Overview, overview } from "./overview.ts";
export type { EraseTarget } from "./matches-target.ts";
export { type ErasePlan, planErase } from "./plan-erase.ts";
export type { DiskState } from "./rewrite-disk.ts";
export { type PausedProcessor, pauseProcessor } from "./pause-processor.ts";
export { readSeries } from "./read-series.ts";
export { type RemovedProcessor, removeProcessor } from "./remove-processor.ts";
export { recoverDead, type RecoveredDead } from "./recover-dead.ts";
export { replayDead, type ReplayedDead } from "./replay-dead.ts";
export { type ResumedProcessor, resumeProcessor } from "./resume-processor.ts";
export { readContent } from "./read-content.ts";
export { type TailEventsOptions, tailEvents } from "./tail-events.ts";
export { type DeadLetterDetails, showDead, type ShowOptions } from "./show-dead.ts";
export { type EventAtProcessor, type EventDetails, showEvent } from "./show-event.ts";
export { type Status, status } from "./status.ts";
export type { RefusalGroup, RefusalSummary } from "./summarize-refusals.ts";
export type { RecordedError, RunEntry, WorkerRecord } from "@misskeep/queue";
export type { DeadFilter, DeadQuery, DeadSort } from "@misskeep/queue";
export { eventIdOf } from "@misskeep/queue";
export type { DeadGroup, DeadGroupState } from "./dead-group.ts";
export { discardDead, type DiscardedDead } from "./discard-dead.ts";
export type { DiscardedLetter } from "./discarded-letter.ts";
export type { EventContent, NoteContent, PersonContent } from "./event-content.ts";
export { cancelRun, pauseRun, resumeRun } from "./runs/change-run.ts";
export { listActiveRuns } from "./runs/list-active-runs.ts";
export { listRunItems, type RunItems } from "./runs/list-run-items.ts";
export { listRuns, type RunPage } from "./runs/list-runs.ts";
export { planRun } from "./runs/plan-run.ts";
export { showRun } from "./runs/show-run.ts";
export { startRun } from "./runs/start-run.ts";
export type {
  Run,
  RunGuard,
  RunItem,
  RunItemState,
  RunKind,
  RunPlan,
  RunRequest,
  RunScope,
  RunState,
} from "./runs/run.ts";
export type { Series, SeriesPoint, SeriesSpan } from "./series-types.ts";
export type { OffProcessor, ProcessorRules, ProcessorSetting, RunningJob } from "@misskeep/queue";
