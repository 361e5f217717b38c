/**
 * From parsed JSON to an event.
 *
 * Promises: never throws, whatever JSON it is given; accepts everything that has a `type` and the fields in the
 * table of events.ts; costs one schema pass where everything fits.
 */
import { z } from "zod";
import { envelopeSchema, eventTypeOf, isObject, LONGEST_TYPE, originOf, withBody } from "./envelope.ts";
import { bodySchemas, openBody, type EventHook, type MisskeyEvent } from "./events.ts";
import type { Mismatch } from "./mismatch.ts";
import { parseTolerantly } from "./parse-tolerantly.ts";
import { isFromTestButton } from "./test-button.ts";

/** What the inbox or the job knows of a delivery, beside its parsed JSON. */
export interface DeliveryFacts {
  /** Our event id, `0-1795485891939-0`. */
  readonly id: string;
  /** The hook's name in our settings. */
  readonly hook: string;
  /** When ingest received it, in ms. */
  readonly receivedAt: number;
  /** Misskey's hook id, from the header. */
  readonly hookId?: string;
  /** The sending server's host with any port, from the header. */
  readonly host?: string;
}

export type ParseResult =
  | {
      readonly ok: true;
      readonly event: MisskeyEvent;
      /** What did not fit and was left out of the event. */
      readonly mismatches: readonly Mismatch[];
    }
  | { readonly ok: false; readonly mismatches: readonly Mismatch[] };

const deliverySchemas = new Map(
  Object.entries(bodySchemas).map(([type, body]) => [type, deliveryOf(body)] as const),
);
const otherDelivery = deliveryOf(openBody);

function deliveryOf(body: z.ZodType) {
  return envelopeSchema.extend({ body });
}

/**
 * Reads a delivery as an event.
 *
 * @param json the parsed body of the request, anything at all
 * @param facts what is known beside it
 * @returns the event and what was left out of it; or, if it has no usable `type` or lacks something that is
 *   required, every mismatch
 */
export function parseEvent(json: unknown, facts: DeliveryFacts): ParseResult {
  const type = eventTypeOf(json);
  if (!isObject(json)) return { ok: false, mismatches: [{ path: "", message: "expected object" }] };
  if (type === undefined) {
    const message = `expected a string of 1 to ${LONGEST_TYPE} characters`;
    return { ok: false, mismatches: [{ path: "type", message }] };
  }
  const result = parseTolerantly(deliverySchemas.get(type) ?? otherDelivery, withBody(json));
  if (!result.ok) return result;

  const { server, eventId, createdAt, body } = result.value;
  const origin = server ?? (facts.host === undefined ? undefined : `https://${facts.host}`);
  const event = {
    id: facts.id,
    type,
    body,
    hook: hookOf(result.value, facts),
    ...defined("eventId", eventId),
    ...defined("server", origin === undefined ? undefined : originOf(origin)),
    ...defined("createdAt", createdAt),
    receivedAt: facts.receivedAt,
    isTest: isFromTestButton(body),
  };
  // The schema was chosen by the type, which TypeScript cannot follow through a map.
  return { ok: true, event: event as unknown as MisskeyEvent, mismatches: result.mismatches };
}

function hookOf(envelope: z.infer<typeof envelopeSchema>, facts: DeliveryFacts): EventHook {
  return {
    name: facts.hook,
    ...defined("id", envelope.hookId ?? facts.hookId),
    ...defined("ownerId", envelope.userId),
  };
}

/** Under exactOptionalPropertyTypes a property that is not there must be left out, not undefined. */
function defined<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
