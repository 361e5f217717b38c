import { isUtf8 } from "node:buffer";
import { QUARANTINE } from "@misskeep/processor";
import { eventTypeOf } from "@misskeep/schema";
import type { InboxEntry } from "@misskeep/inbox";
import { parseJson } from "./job-data.ts";
import { interested, type ProcessorSubscription } from "./subscriptions.ts";

/** Where an event goes: to the queues of some processors, or to quarantine for a reason. */
export type Route =
  | {
      readonly queues: readonly string[];
      readonly type: string;
      /** The body, which is JSON. */
      readonly text: string;
      readonly reason?: undefined;
    }
  | { readonly queues: readonly string[]; readonly reason: string; readonly text?: undefined };

/**
 * Decides where an event goes.
 *
 * | the event | goes to |
 * |---|---|
 * | breaks its hook's pin, is no JSON in UTF-8, or has no `type` | quarantine |
 * | has any `type`, known or not | every processor whose subscription covers it, maybe none |
 */
export function route(
  { hook, body, meta }: Pick<InboxEntry, "hook" | "body" | "meta">,
  subscriptions: ReadonlyMap<string, ProcessorSubscription>,
): Route {
  if (meta.pinBroken !== undefined) return quarantined(meta.pinBroken);
  // Ingest of before did not tell it, and tells none that it does not find usable.
  const { type, reason }: Read = meta.type === undefined ? readType(body) : { type: meta.type };
  if (type === undefined) return quarantined(reason);
  return { queues: interested(subscriptions, { type, hook }), type, text: body.toString("utf8") };
}

type Read =
  { readonly type: string; readonly reason?: never } | { readonly type?: never; readonly reason: string };

function readType(body: Buffer): Read {
  if (body.length === 0) return { reason: "The body is empty." };
  if (!isUtf8(body)) return { reason: "The body is no valid UTF-8." };
  const json = parseJson(body.toString("utf8"));
  if (json === undefined) return { reason: "The body is no JSON." };
  const type = eventTypeOf(json);
  return type === undefined ? { reason: "The body has no usable `type`." } : { type };
}

function quarantined(reason: string): Route {
  return { queues: [QUARANTINE], reason };
}
