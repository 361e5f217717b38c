import type { Log } from "@misskeep/processor";

/** A run's log, opened at its first line: most runs write none, and a log of one's own costs more than a record. */
export class RunLog implements Log {
  readonly #open: () => Log;
  #opened: Log | undefined;

  constructor(open: () => Log) {
    this.#open = open;
  }

  debug(fields: object, message: string): void {
    this.#log.debug(fields, message);
  }

  info(fields: object, message: string): void {
    this.#log.info(fields, message);
  }

  warn(fields: object, message: string): void {
    this.#log.warn(fields, message);
  }

  error(fields: object, message: string): void {
    this.#log.error(fields, message);
  }

  get #log(): Log {
    this.#opened ??= this.#open();
    return this.#opened;
  }
}
