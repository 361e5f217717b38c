/**
 * The index of a processor's dead letters: what makes lists, filters and groups quick. It is derived from the
 * queue's failed set and the jobs in it, and can be dropped and rebuilt at any time.
 *
 * | key, after `misskeep:{<processor>}:dead_index:` | type | holds |
 * |---|---|---|
 * | `letters` | hash | id → its facets |
 * | `by:<facet>` | sorted set | ids of the letters with that facet, by when they died |
 * | `by-attempts` | sorted set | every id, by attempts and then by when it died |
 * | `groups` | hash | group → name, code and message that its letters share |
 * | `groups-by-last` | sorted set | groups by the last death in them |
 * | `format` | string | the index' format: an older one is rebuilt |
 * | `resolved`, `muted` | hash | what people said of groups: not derived, kept when the index is dropped |
 * | `marks-gone` | hash | of which of these groups no letter is left, and since when |
 *
 * A facet is `group:…`, `type:…`, `hook:…`, `error:…` or `person:…`.
 */
import { createHash } from "node:crypto";
import { keys } from "@misskeep/redis";

/** Raised when facets or fingerprints change, so that workers rebuild what an older version wrote. */
export const FORMAT = 1;

export const derivedKeys = {
  letters: (processor: string): string => keys.dead(processor, "letters"),
  facet: (processor: string, facet: string): string => keys.dead(processor, `by:${facet}`),
  byAttempts: (processor: string): string => keys.dead(processor, "by-attempts"),
  groups: (processor: string): string => keys.dead(processor, "groups"),
  groupsByLast: (processor: string): string => keys.dead(processor, "groups-by-last"),
  format: (processor: string): string => keys.dead(processor, "format"),
} as const;

export const markKeys = {
  resolved: (processor: string): string => keys.dead(processor, "resolved"),
  muted: (processor: string): string => keys.dead(processor, "muted"),
  gone: (processor: string): string => keys.dead(processor, "marks-gone"),
} as const;

export type FacetKind = "group" | "type" | "hook" | "error" | "person";

/**
 * A facet's name, which is part of a key's. A value that is long or odd is hashed; `#` begins no other.
 *
 * @param value whatever a stranger chose
 */
export function facetName(kind: FacetKind, value: string): string {
  const plain = /^[\p{L}\p{N}_.@:+-]{1,80}$/u.test(value);
  return `${kind}:${plain ? value : `#${createHash("sha256").update(value).digest("hex").slice(0, 32)}`}`;
}

/** Attempts and the moment of death in one number of 53 bits. */
const MOMENTS = 2 ** 42;
const MOST_ATTEMPTS = 2 ** 11 - 1;

/** @param attempts above 2,047 all count alike */
export function attemptsScore(attempts: number, diedAt: number): number {
  return Math.min(Math.max(Math.trunc(attempts), 0), MOST_ATTEMPTS) * MOMENTS + diedAt;
}

export function attemptsOfScore(score: number): { readonly attempts: number; readonly diedAt: number } {
  return { attempts: Math.floor(score / MOMENTS), diedAt: score % MOMENTS };
}
