/** Notices when something kept the event loop from turning: all that runs in this process stood still meanwhile. */
import { performance } from "node:perf_hooks";

export interface EventLoopWatch {
  /** Blocks longer than this are reported. Milliseconds. @default 1000 */
  readonly threshold?: number;
  /** How often to look; also how early a block can have begun unseen. Milliseconds. @default 200 */
  readonly interval?: number;
  /** Milliseconds, once per block, as soon as the loop turns again. */
  readonly onBlocked: (ms: number) => void;
}

/** @returns a function that ends the watch; the watch itself keeps no process alive */
export function watchEventLoop({ threshold = 1000, interval = 200, onBlocked }: EventLoopWatch): () => void {
  let expected = performance.now() + interval;
  const timer = setInterval(() => {
    const late = performance.now() - expected;
    if (late > threshold) onBlocked(Math.round(late));
    expected = performance.now() + interval;
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
