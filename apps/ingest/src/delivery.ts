import type { Delivery, EventIdentity } from "@misskeep/inbox";
import type { Arrival } from "./admit.ts";
import { clip } from "./headers.ts";
import { readIdentity, serverOf } from "./identity.ts";
import { brokenPin } from "./pins.ts";

/** Real values are far shorter; the inbox keeps one of each per event. */
const MAX_TEXT = 256;
/** A longer one is none that is dispatched by. */
const MAX_TYPE = 128;

/**
 * Puts together what the inbox keeps of a delivery, and what it knows the event by.
 *
 * @returns no identity where the body cannot be read: the inbox then goes by its bytes
 */
export function toDelivery(
  arrival: Arrival,
  body: Buffer,
): { delivery: Delivery; identity: EventIdentity | undefined } {
  const { hook, receivedAt, secretNumber, hookId, host, userAgent, contentType } = arrival;
  const said = readIdentity(body);
  const server = serverOf(said, host);
  const pinBroken = brokenPin(hook, {
    server,
    hookId: typeof said?.hookId === "string" ? said.hookId : hookId,
  });
  const meta = {
    secretNumber,
    ...(hookId === undefined ? {} : { hookId: clip(hookId, MAX_TEXT) }),
    ...(host === undefined ? {} : { host: clip(host, MAX_TEXT) }),
    ...(userAgent === undefined ? {} : { userAgent: clip(userAgent, MAX_TEXT) }),
    ...(contentType === undefined ? {} : { contentType: clip(contentType, MAX_TEXT) }),
    ...(isType(said?.type) ? { type: said?.type } : {}),
    ...(pinBroken === undefined ? {} : { pinBroken }),
  };
  return {
    delivery: { hook: hook.name, receivedAt, meta, body },
    identity: said && { server, eventId: said.eventId },
  };
}

function isType(type: unknown): type is string {
  return typeof type === "string" && type !== "" && type.length <= MAX_TYPE;
}
