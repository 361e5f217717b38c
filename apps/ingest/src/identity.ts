import { isUtf8 } from "node:buffer";

/** What a body says of itself. All of it is whatever the sender wrote. */
export interface BodyIdentity {
  readonly server: unknown;
  readonly eventId: unknown;
  readonly hookId: unknown;
  readonly type: unknown;
}

/**
 * Reads a body as far as ingest needs it.
 *
 * @returns undefined where it cannot be read: not UTF-8, not JSON, not an object. Such a body is kept all the same;
 *   its bytes are its identity then.
 */
export function readIdentity(body: Buffer): BodyIdentity | undefined {
  // Decoding would turn wrong bytes into U+FFFD, and two different eventIds into one.
  if (!isUtf8(body)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    // The error is dropped, since its message quotes the body.
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { server, eventId, hookId, type } = value as Partial<BodyIdentity>;
  return { server, eventId, hookId, type };
}

/**
 * The server that sent a delivery, as an origin such as `https://example.tld`.
 *
 * Servers before 2023.9.0 and most forks name it in a header only, as a host with any port.
 */
export function serverOf(
  identity: Pick<BodyIdentity, "server"> | undefined,
  host: string | undefined,
): string | undefined {
  if (typeof identity?.server === "string" && identity.server !== "") return identity.server;
  return host === undefined ? undefined : `https://${host}`;
}
