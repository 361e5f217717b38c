/**
 * What stands around a body. Only `type` is required.
 *
 * | sender | keys |
 * |---|---|
 * | user hook | `server, hookId, userId, eventId, createdAt, type, body` |
 * | system hook (2024.7.0 on) | the same without `userId` |
 * | Misskey before 2023.9.0, Firefish, Iceshrimp, Nexkey | user hook without `server` |
 * | Misskey 12.109.0 | flat `{type, note}` or `{type, user}`: no ids, no time, no `body` |
 */
import { z } from "zod";

/** Longest `type` that is an event type; anything longer goes to quarantine. */
export const LONGEST_TYPE = 128;

/** Only an `eventId` of this length identifies an event (the same bound as in the idempotency key). */
const LONGEST_EVENT_ID = 128;

export const envelopeSchema = z.looseObject({
  type: z.string().min(1).max(LONGEST_TYPE),
  server: z
    .custom<string>((value) => typeof value === "string" && originOf(value) !== undefined, {
      params: { expected: "http or https origin" },
    })
    .optional(),
  hookId: z.string().optional(),
  userId: z.string().optional(),
  eventId: z.string().min(1).max(LONGEST_EVENT_ID).optional(),
  createdAt: z.number().optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/**
 * The type by which an event is dispatched.
 *
 * @param json a parsed delivery, anything at all
 * @returns its `type` if that is a string of 1 to 128 characters, else undefined
 */
export function eventTypeOf(json: unknown): string | undefined {
  if (!isObject(json) || !Object.hasOwn(json, "type")) return undefined;
  const type = json["type"];
  return typeof type === "string" && type.length > 0 && type.length <= LONGEST_TYPE ? type : undefined;
}

/**
 * Gives every variant the same shape: `body` is always an object.
 *
 * @param json the envelope as it came
 * @returns a copy in which the flat form's `note` and `user` stand in `body`, and an open body that is no
 *   object (no known sender does this) stands in `body.value`
 */
export function withBody(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body = json["body"];
  if (isObject(body)) return json;
  if (body !== undefined && body !== null) return { ...json, body: { value: body } };
  const flat: Record<string, unknown> = {};
  if (json["note"] !== undefined) flat["note"] = json["note"];
  if (json["user"] !== undefined) flat["user"] = json["user"];
  return { ...json, body: flat };
}

/** Nearly all events are of the same server as the one before, and each asks twice; parsing takes 2 µs. */
let last: { readonly url: string; readonly origin: string | undefined } | undefined;

/**
 * @param url anything that may be a URL
 * @returns its origin, without a trailing slash, if it is an http or https URL, else undefined
 */
export function originOf(url: string): string | undefined {
  if (last?.url !== url) last = { url, origin: findOrigin(url) };
  return last.origin;
}

function findOrigin(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? origin : undefined;
}

/**
 * @param value anything
 * @returns whether it is an object of JSON: neither null nor an array
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
