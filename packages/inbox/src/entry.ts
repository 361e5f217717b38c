import type { Delivery, DeliveryMeta } from "./delivery.ts";
import { type EventId, toEventId } from "./event-id.ts";

/** An event as it lies in the inbox. */
export interface InboxEntry extends Delivery {
  readonly id: EventId;
  /** Its idempotency key. */
  readonly key: string;
}

/** An entry as Redis replies it: `[id, [field, value, …]]`, all of it bytes. */
export type RawEntry = readonly [Buffer, readonly Buffer[]];

/** @throws Error if the entry was not written by `accept` */
export function toEntry([id, flat]: RawEntry): InboxEntry {
  const fields = new Map<string, Buffer>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(String(flat[i]), flat[i + 1] as Buffer);
  const field = (name: string): Buffer => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`Inbox entry ${String(id)} has no field ${name}.`);
    return value;
  };
  return {
    id: toEventId(String(id)),
    hook: String(field("hook")),
    key: String(field("key")),
    receivedAt: Number(String(field("receivedAt"))),
    meta: JSON.parse(String(field("meta"))) as DeliveryMeta,
    body: field("body"),
  };
}
