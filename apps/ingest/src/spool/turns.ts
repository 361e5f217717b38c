/** So many at a time; the others wait, in order, as long as each can. */
export interface Turns {
  /**
   * Runs the work when its turn comes.
   *
   * @param withinMs how long it may wait for its turn
   * @throws NoTurn if it did not come in time: the work has not begun and never will
   */
  take<T>(withinMs: number, work: () => Promise<T>): Promise<T>;
}

export class NoTurn extends Error {
  override readonly name = "NoTurn";
  readonly code = "NO_TURN";
}

export function createTurns(atOnce: number): Turns {
  let running = 0;
  const waiting = new Set<() => void>();

  const turn = (withinMs: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        clearTimeout(timer);
        waiting.delete(start);
        running += 1;
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(start);
        reject(new NoTurn(`No turn within ${withinMs} ms.`));
      }, withinMs);
      if (running < atOnce) start();
      else waiting.add(start);
    });

  return {
    async take(withinMs, work) {
      await turn(withinMs);
      try {
        return await work();
      } finally {
        running -= 1;
        const [next] = waiting;
        next?.();
      }
    },
  };
}
