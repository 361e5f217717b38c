/** Writes log lines that already carry the event's id and the processor's name. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a handler gets beside the event. */
export interface HandlerContext<Config> {
  /** The processor's parsed settings. */
  readonly config: Config;
  /**
   * Runs `fn` once and records its result with the job: a later attempt gets the record instead. A second
   * step of the same name in one run throws. In the instant of a crash `fn` may have run without its record,
   * so it gets an idempotency key of its own to hand to the target.
   */
  step<T>(name: string, fn: (key: { readonly idempotencyKey: string }) => Promise<T> | T): Promise<T>;
  readonly log: Log;
  /** Aborts on time-out, on a lost lock and when the worker has to stop. Hand it to `fetch`. */
  readonly signal: AbortSignal;
  /** From 1. */
  readonly attempt: number;
  /** The same in every attempt: `<event id>:<processor>`. Hand it to targets that know such keys. */
  readonly idempotencyKey: string;
}
