export { accept, type Acceptance } from "./accept.ts";
export type { Delivery, DeliveryMeta } from "./delivery.ts";
export { type DispatchState, findDispatchState, findUndispatched } from "./dispatch-state.ts";
export type { InboxEntry } from "./entry.ts";
export { type EventId, toEventId, toStreamId } from "./event-id.ts";
export { type EntryErasure, eraseEntry, findErased } from "./erase-entry.ts";
export { ensureGroup } from "./group.ts";
export { type EventIdentity, type IdempotencyKey, idempotencyKey } from "./idempotency-key.ts";
export { type Duplicates, findDuplicates, findEntry, inboxState, type InboxState } from "./look-up.ts";
export { listEntries, type ListEntriesOptions } from "./list-entries.ts";
export {
  acknowledge,
  type Batch,
  handBack,
  heldEntries,
  readBatch,
  RECLAIM_AFTER_MS,
  type Reclaimed,
  reclaimOne,
  removeConsumer,
  type StoredSubscriptions,
} from "./read.ts";
export { readRemembered, type Remembered } from "./remembered.ts";
export { listRefusals, recordRefusals, type Refusal, type RefusalReason, type Refusals } from "./refusals.ts";
export { listSpools, reportSpool, type SpoolReport } from "./spools.ts";
export { trim, type InboxLimits } from "./trim.ts";
export { hasUnread, lastEntryId, waitForEntryAfter } from "./wait.ts";
