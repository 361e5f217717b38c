export interface Repetition {
  /** Runs the work as soon as no run is under way, whatever the interval. */
  now(): void;
  /** Lets a run that is under way end; none follows. */
  stop(): Promise<void>;
}

/**
 * Repeats work with a pause in between, never two runs at once, however long one takes.
 *
 * @param pauseMs from the end of one run to the start of the next
 * @param work must not fail
 */
export function every(pauseMs: number, work: () => Promise<void>): Repetition {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const schedule = (ms: number): void => {
    timer = setTimeout(run, ms).unref();
  };
  function run(): void {
    clearTimeout(timer);
    again = running !== undefined;
    if (again || stopped) return;
    running = work().then(() => {
      running = undefined;
      if (!stopped) schedule(again ? 0 : pauseMs);
      again = false;
    });
  }
  schedule(pauseMs);
  return {
    now: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
