/**
 * | code | means |
 * |---|---|
 * | `INVALID_EVENT_ID` | the text is no event id |
 * | `EVENT_NOT_FOUND` | neither the inbox nor any queue holds it (any more) |
 * | `PROCESSOR_NOT_FOUND` | no processor of that name was ever registered, or it was removed |
 * | `DEAD_LETTER_NOT_FOUND` | no such dead letter: never dead, replayed, or of another processor |
 * | `PROCESSOR_IN_USE` | it still has jobs or a run, so it cannot be removed |
 * | `PROCESSOR_BUILT_IN` | quarantine cannot be removed |
 * | `INVALID_CURSOR` | the cursor is not one that a page gave |
 * | `INVALID_FILTER` | a condition that no list understands |
 * | `GROUP_NOT_FOUND` | no dead letter is in such a group (any more) |
 * | `INVALID_TARGET` | neither a person's handle nor a note's id |
 * | `RUN_NOT_FOUND` | no such run (any more) |
 * | `RUN_ACTIVE` | a run is under way for the processor, and only one may be |
 * | `RUN_ENDED` | the run is done or cancelled, so nothing can be changed about it |
 * | `INVALID_RUN` | what a run is asked to do, or how, makes no sense |
 * | `NOTHING_TO_DO` | the plan is empty |
 * | `EDIT_INVALID` | the changed body does not fit its event's schema |
 */
export type OperationErrorCode =
  | "INVALID_EVENT_ID"
  | "EVENT_NOT_FOUND"
  | "PROCESSOR_NOT_FOUND"
  | "DEAD_LETTER_NOT_FOUND"
  | "PROCESSOR_IN_USE"
  | "PROCESSOR_BUILT_IN"
  | "INVALID_CURSOR"
  | "INVALID_FILTER"
  | "GROUP_NOT_FOUND"
  | "INVALID_TARGET"
  | "RUN_NOT_FOUND"
  | "RUN_ACTIVE"
  | "RUN_ENDED"
  | "INVALID_RUN"
  | "NOTHING_TO_DO"
  | "EDIT_INVALID";

/** A request that cannot be met, told so that a person knows what to do. Texts that users wrote may be in it. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  readonly code: OperationErrorCode;

  constructor(code: OperationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
