/**
 * What is decided about a delivery before its body is read.
 *
 * | the request | answer |
 * |---|---|
 * | has no secret, or an empty one | 401 NO_SECRET |
 * | has a secret that is none of the configured ones | 401 WRONG_SECRET |
 * | announces a body over the limit | 413 BODY_TOO_LARGE |
 * | comes while events cannot be kept | 503 with the reason |
 * | finds no memory for its body | 503 OVERLOADED |
 * | else | its body is read |
 */
import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { RefusalReason } from "@misskeep/inbox";
import type { UnavailableCode } from "./answers.ts";
import type { Authenticate, Authentic, HookSecrets } from "./authenticate.ts";
import { readSender, type SenderHeaders, takeSecret } from "./headers.ts";
import type { Pins } from "./pins.ts";
import type { Room } from "./room.ts";

export type Hook = HookSecrets & Pins;

/** An authentic delivery whose body is still to come. */
export interface Arrival extends SenderHeaders, Authentic<Hook> {
  /** ms since 1970 */
  readonly receivedAt: number;
  /** By the monotonic clock, ms. */
  readonly startedAt: number;
  readonly userAgent: string | undefined;
  readonly contentType: string | undefined;
  /** Gives back the memory that was set aside for it. */
  readonly release: () => void;
}

/** Misskey does not send it again; it is counted and kept for `status`. */
export interface Refused {
  readonly code: "NO_SECRET" | "WRONG_SECRET" | "BODY_TOO_LARGE";
  readonly refusal: RefusalReason;
}

/** Misskey sends it again. */
export interface Unavailable {
  readonly code: UnavailableCode;
}

export interface AdmitOptions {
  readonly authenticate: Authenticate<Hook>;
  readonly maxBodyBytes: number;
  /** For the bodies of all deliveries that are under way. */
  readonly room: Room;
  unavailable(): UnavailableCode | undefined;
}

/** Takes the secret out of the request, whatever is decided. */
export function admit(request: IncomingMessage, options: AdmitOptions): Arrival | Refused | Unavailable {
  const receivedAt = Date.now();
  const startedAt = performance.now();
  const secret = takeSecret(request);
  if (secret === "") return { code: "NO_SECRET", refusal: "no-secret" };
  const authentic = options.authenticate(secret);
  if (authentic === undefined) return { code: "WRONG_SECRET", refusal: "wrong-secret" };

  const { headers } = request;
  if (Number(headers["content-length"]) > options.maxBodyBytes)
    return { code: "BODY_TOO_LARGE", refusal: "too-large" };
  const code = options.unavailable();
  if (code !== undefined) return { code };
  // One that comes in chunks may grow to the limit.
  const bytes = Number(
    headers["content-length"] ?? (headers["transfer-encoding"] ? options.maxBodyBytes : 0),
  );
  const release = options.room.take(bytes);
  if (release === undefined) return { code: "OVERLOADED" };

  const { hook, secretNumber } = authentic;
  const { hookId, host } = readSender(headers);
  const { "user-agent": userAgent, "content-type": contentType } = headers;
  return { receivedAt, startedAt, hook, secretNumber, hookId, host, userAgent, contentType, release };
}
