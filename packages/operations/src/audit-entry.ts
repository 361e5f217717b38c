/** Somebody did something. `at` is ms since 1970. */
export interface AuditEntry {
  /** Of the audit's stream; newer ones are greater. */
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly why: string;
  readonly what: AuditAction;
  /** A processor, job, run, group or event. */
  readonly target: string;
  /** What it was about, where it was about many; plain JSON. */
  readonly filter: unknown;
  readonly count: number | null;
}

export type AuditAction =
  | "replay"
  | "edit"
  | "discard"
  | "recover"
  | "erase"
  | "export"
  | "resolve"
  | "reopen"
  | "mute"
  | "unmute"
  | "start-run"
  | "pause-run"
  | "resume-run"
  | "cancel-run"
  | "pause-processor"
  | "resume-processor"
  | "remove-processor"
  | "rebuild-index"
  | "sign-in";
