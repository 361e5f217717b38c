/**
 * A spooled delivery as a file: one line that says what it is, what is known of the delivery as JSON, the raw body.
 *
 *     misskeep-spool 1 <bytes of JSON> <bytes of body> <SHA-256 of both, hex>\n
 *     <JSON><body>
 *
 * Torn, truncated, lengthened or altered, it is known as broken. The version is that of the layout.
 */
import { createHash } from "node:crypto";
import type { Delivery, DeliveryMeta, EventIdentity } from "@misskeep/inbox";

export interface Spooled {
  readonly delivery: Delivery;
  readonly identity: EventIdentity | undefined;
}

/** The file holds no delivery, or no longer the one that was written. Its message quotes nothing of the file. */
export class BrokenSpoolFile extends Error {
  override readonly name = "BrokenSpoolFile";
  readonly code = "SPOOL_FILE_BROKEN";
}

const FIRST_LINE = /^misskeep-spool 1 (\d{1,12}) (\d{1,12}) ([0-9a-f]{64})$/;
const LONGEST_FIRST_LINE = 128;

export function encodeSpooled({ delivery, identity }: Spooled): Buffer {
  const { hook, receivedAt, meta, body } = delivery;
  // What the idempotency key goes by, as it was read when the delivery came: the copy in the spool and one that got
  // through must be the same event. Anything but text is no event id.
  const known = identity && {
    ...(identity.server === undefined ? {} : { server: identity.server }),
    ...(typeof identity.eventId === "string" ? { eventId: identity.eventId } : {}),
  };
  const json = Buffer.from(JSON.stringify({ hook, receivedAt, meta, identity: known ?? null }));
  const first = `misskeep-spool 1 ${json.length} ${body.length} ${digestOf(json, body)}\n`;
  return Buffer.concat([Buffer.from(first), json, body]);
}

/** @throws BrokenSpoolFile */
export function decodeSpooled(file: Buffer): Spooled {
  const end = file.subarray(0, LONGEST_FIRST_LINE).indexOf("\n");
  const [, jsonLength, bodyLength, digest] =
    FIRST_LINE.exec(file.toString("latin1", 0, Math.max(end, 0))) ?? [];
  if (digest === undefined) throw new BrokenSpoolFile("It does not begin as a spooled delivery.");
  const bodyStart = end + 1 + Number(jsonLength);
  if (file.length !== bodyStart + Number(bodyLength))
    throw new BrokenSpoolFile("It is not as long as it says.");
  const json = file.subarray(end + 1, bodyStart);
  const body = file.subarray(bodyStart);
  if (digestOf(json, body) !== digest) throw new BrokenSpoolFile("Its checksum is wrong.");
  return read(json, body);
}

function read(json: Buffer, body: Buffer): Spooled {
  const { hook, receivedAt, meta, identity } = parse(json);
  const isDelivery =
    typeof hook === "string" && hook !== "" && Number.isSafeInteger(receivedAt) && isObject(meta);
  if (!isDelivery || !(identity === null || isObject(identity)))
    throw new BrokenSpoolFile("It does not hold what is known of a delivery.");
  const server = typeof identity?.["server"] === "string" ? identity["server"] : undefined;
  return {
    delivery: { hook, receivedAt: receivedAt as number, meta: meta as unknown as DeliveryMeta, body },
    identity: identity === null ? undefined : { server, eventId: identity["eventId"] },
  };
}

function parse(json: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // The error would quote the file.
  }
  throw new BrokenSpoolFile("What it says of its delivery is no JSON.");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function digestOf(json: Buffer, body: Buffer): string {
  return createHash("sha256").update(json).update(body).digest("hex");
}
