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
  entry: Pick<InboxEntry, "hook" | "body" | "meta">,
  subscriptions: ReadonlyMap<string, ProcessorSubscription>,
): Route {
  if (entry.meta.pinBroken !== undefined) return quarantined(entry.meta.pinBroken);
  if (entry.body.length === 0) return quarantined("The body is empty.");
  if (!isUtf8(entry.body)) return quarantined("The body is no valid UTF-8.");
  const text = entry.body.toString("utf8");
  const json = parseJson(text);
  if (json === undefined) return quarantined("The body is no JSON.");
  const type = eventTypeOf(json);
  if (type === undefined) return quarantined("The body has no usable `type`.");
  return { queues: interested(subscriptions, { type, hook: entry.hook }), text };
}

function quarantined(reason: string): Route {
  return { queues: [QUARANTINE], reason };
}
