/** Memory for the deliveries that are under way: whoever finds none left is answered 503 before its body is read. */
export interface Room {
  /**
   * @param bytes of a body
   * @returns gives the room back; undefined if there is none. Giving it back twice is once.
   */
  take(bytes: number): (() => void) | undefined;
}

/** Headers, objects, buffers: what a delivery of no bytes costs at least. */
const OVERHEAD = 16 * 1024;

export function createRoom(maxBytes: number): Room {
  let used = 0;
  return {
    take(bytes) {
      const needed = bytes + OVERHEAD;
      if (used + needed > maxBytes) return undefined;
      used += needed;
      let isTaken = true;
      return () => {
        if (isTaken) used -= needed;
        isTaken = false;
      };
    },
  };
}
