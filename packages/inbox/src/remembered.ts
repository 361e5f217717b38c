import { type EventId, toEventId } from "./event-id.ts";

/** What an idempotency key remembers of its event. */
export interface Remembered {
  readonly id: EventId;
  readonly duplicates: number;
  /** When the last duplicate was received, ms since 1970. */
  readonly lastDuplicateAt: number | undefined;
}

/**
 * @param value as accept.lua wrote it; its head lists the forms
 * @returns undefined if it is none of these
 */
export function readRemembered(value: string): Remembered | undefined {
  const [, ms, seq] = /^(\d+)(\d{5})$/.exec(value) ?? [];
  if (ms !== undefined)
    return { id: toEventId(`${ms}-${Number(seq)}`), duplicates: 0, lastDuplicateAt: undefined };
  const [, id, duplicates, last] = /^(\d+-\d+) \d+ (\d+) (\d+)$/.exec(value) ?? [];
  if (id === undefined) return undefined;
  return { id: toEventId(id), duplicates: Number(duplicates), lastDuplicateAt: Number(last) || undefined };
}
