/**
 * The worker's hold on one run: how it tells the handler to stop, and itself to wait no longer.
 *
 * It is what an AbortController is, but makes the signal only for those who ask: most handlers never do, and a signal
 * with its end costs more than a run's records.
 */
export class RunHold {
  /** When the run began, ms since 1970. */
  readonly since = Date.now();
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #cut: Error | undefined;
  #onCut: ((reason: Error) => void) | undefined;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  /** Why the handler was told to stop, or nobody waits for it any more; undefined while it may go on. */
  get reason(): Error | undefined {
    return this.#reason ?? this.#cut;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Tells the handler to stop. Only the first reason counts. */
  abort(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
  }

  /** Ends the wait for the handler. */
  cut(reason: Error): void {
    this.#cut ??= reason;
    this.#onCut?.(reason);
  }

  /** @param onCut who waits; undefined: nobody any more */
  whenCut(onCut: ((reason: Error) => void) | undefined): void {
    this.#onCut = onCut;
  }
}
