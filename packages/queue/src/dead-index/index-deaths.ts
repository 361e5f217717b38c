import type { Redis } from "@misskeep/redis";
import { indexDeadLetters } from "./update-letters.ts";

/** Letters that are indexed in one go. */
const AT_ONCE = 100;

export interface DeathIndexer {
  /** Called once BullMQ has moved the job to the failed set. */
  add(id: string): void;
  /** Settles once what was added so far is indexed, or refused. Never rejects. */
  indexed(): Promise<void>;
}

/**
 * Indexes jobs as they die, those together that die while others are being indexed. What Redis refuses, or a crash
 * leaves out, is found by the next look of `tidyDeadIndex`: nobody waits for the index.
 */
export function indexDeaths(
  redis: Redis,
  processor: string,
  onRefused: (error: Error) => void,
): DeathIndexer {
  const waiting = new Set<string>();
  let work: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, AT_ONCE);
      for (const id of ids) waiting.delete(id);
      try {
        await indexDeadLetters(redis, processor, ids);
      } catch (error) {
        onRefused(error as Error);
      }
    }
    work = undefined;
  };
  return {
    add(id) {
      waiting.add(id);
      work ??= flush();
    },
    async indexed() {
      await work;
    },
  };
}
