/**
 * How many of a run's jobs may be before a processor at once. Jobs of a run go to the back of the queue like any
 * other, so that an event that comes meanwhile waits for these at most. Few enough for that not to hurt, enough for
 * the processor to have work: so it follows how many end between two looks.
 */
export interface Window {
  /** @param running how many have not ended, as the last look showed */
  room(running: number): number;
  /** Adapts it. @param ended how many ended since the look before */
  looked(running: number, ended: number): void;
}

const LEAST = 10;
const MOST = 1_000;

export function createWindow(): Window {
  let size = LEAST;
  return {
    room: (running) => Math.max(size - running, 0),
    looked(running, ended) {
      // Nearly all are done: the processor could have had more. Hardly any: they only wait.
      if (running <= size / 4 && ended > 0) size = Math.min(size * 2, MOST);
      else if (ended < size / 8 && running > size / 2) size = Math.max(Math.floor(size / 2), LEAST);
    },
  };
}
