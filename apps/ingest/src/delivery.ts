import type { Delivery, DeliveryMeta, EventIdentity } from "@misskeep/inbox";
import type { Arrival } from "./admit.ts";
import { clip } from "./headers.ts";
import { readIdentity, serverOf } from "./identity.ts";
import { brokenPin } from "./pins.ts";

/** Real values are far shorter; the inbox keeps one of each per event. */
const MAX_TEXT = 256;
/** A longer one is none that an event is dispatched by (the same bound as `LONGEST_TYPE` in packages/schema). */
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
  const meta: { -readonly [Key in keyof DeliveryMeta]: DeliveryMeta[Key] } = { secretNumber };
  if (hookId !== undefined) meta.hookId = clip(hookId, MAX_TEXT);
  if (host !== undefined) meta.host = clip(host, MAX_TEXT);
  if (userAgent !== undefined) meta.userAgent = clip(userAgent, MAX_TEXT);
  if (contentType !== undefined) meta.contentType = clip(contentType, MAX_TEXT);
  const type = said?.type;
  if (isType(type)) meta.type = type;
  if (pinBroken !== undefined) meta.pinBroken = pinBroken;
  return {
    delivery: { hook: hook.name, receivedAt, meta, body },
    identity: said && { server, eventId: said.eventId },
  };
}

function isType(type: unknown): type is string {
  return typeof type === "string" && type !== "" && type.length <= MAX_TYPE;
}
