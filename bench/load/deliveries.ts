/**
 * What is sent: real captures, each time with an event id of its own, some of them twice.
 */
import { randomUUID } from "node:crypto";
import { captures } from "@misskeep/testkit";

/** The secret that every contestant expects. */
export const SECRET = "bench-s3cret";

export interface Delivery {
  readonly eventId: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** It was acknowledged before. */
  readonly isResend: boolean;
}

interface Template {
  readonly headers: readonly string[];
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Events of user hooks, as a receiver gets by the thousand, from servers that call JSON by its name. */
const TYPES = new Set(["note", "reply", "renote", "mention", "follow", "unfollow"]);
const SMALLEST = 900;
const LARGEST = 3_700;
/** Each set by the client for itself. */
const NOT_SENT = new Set(["host", "connection", "content-length"]);

function toTemplates(): readonly Template[] {
  return captures().flatMap(({ headers, rawBody, type }) => {
    if (type === undefined || !TYPES.has(type) || rawBody.length < SMALLEST || rawBody.length > LARGEST)
      return [];
    // Misskey 13.10 says text/plain, which other contestants do not read at all.
    const isJson = headers.some(
      ([name, value]) => name.toLowerCase() === "content-type" && value.includes("json"),
    );
    if (!isJson) return [];
    const { eventId } = JSON.parse(rawBody.toString("utf8")) as { eventId?: string };
    const at = eventId === undefined ? -1 : rawBody.indexOf(eventId);
    if (eventId === undefined || at < 0) return [];
    const kept = headers
      .filter(([name]) => !NOT_SENT.has(name.toLowerCase()))
      .flatMap(([name, value]) => [name, name.toLowerCase().endsWith("-hook-secret") ? SECRET : value]);
    return [{ headers: kept, before: rawBody.subarray(0, at), after: rawBody.subarray(at + eventId.length) }];
  });
}

const LAST_KEPT = 1_024;

/**
 * @param share of deliveries that were acknowledged before, 0 to below 1. They are spread evenly, so that two runs
 *   of the same length send the same number.
 */
export function createDeliveries(share: number): {
  next(): Delivery;
  /** From now on it may be sent again. */
  acknowledged(delivery: Delivery): void;
} {
  const templates = toTemplates();
  const recent: Delivery[] = [];
  let sent = 0;
  let resent = 0;
  return {
    next() {
      sent += 1;
      const again = resent < Math.floor(sent * share) ? recent[(resent * 7) % recent.length] : undefined;
      if (again) {
        resent += 1;
        return { ...again, isResend: true };
      }
      const template = templates[sent % templates.length];
      if (!template) throw new Error("There are no captures to send");
      const eventId = randomUUID();
      const body = Buffer.concat([template.before, Buffer.from(eventId), template.after]);
      return { eventId, headers: template.headers, body, isResend: false };
    },
    acknowledged(delivery) {
      if (recent.length < LAST_KEPT) recent.push(delivery);
      else recent[sent % LAST_KEPT] = delivery;
    },
  };
}

/** Bodies alone, for what takes no HTTP. */
export function createBodies(): () => { readonly eventId: string; readonly body: Buffer } {
  const deliveries = createDeliveries(0);
  return () => deliveries.next();
}
