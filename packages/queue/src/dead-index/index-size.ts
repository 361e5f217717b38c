import type { Redis } from "@misskeep/redis";
import { derivedKeys } from "./index-keys.ts";

/** How much the index of a processor's dead letters holds. */
export async function deadIndexSize(
  redis: Redis,
  processor: string,
): Promise<{ readonly letters: number; readonly groups: number }> {
  const [letters, groups] = await Promise.all([
    redis.hlen(derivedKeys.letters(processor)),
    redis.hlen(derivedKeys.groups(processor)),
  ]);
  return { letters, groups };
}
