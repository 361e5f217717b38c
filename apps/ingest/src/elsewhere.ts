import type { FastifyReply, FastifyRequest } from "fastify";
import type { Hook } from "./admit.ts";
import { endIfLong, sendError } from "./answers.ts";
import type { Authenticate } from "./authenticate.ts";
import { takeSecret } from "./headers.ts";

export interface ElsewhereOptions {
  readonly authenticate: Authenticate<Hook>;
  readonly log: { warn(fields: object, message: string): void };
}

const WARN_EVERY_MS = 60_000;

/**
 * Answers what is no delivery, before any body is read: 405 at the deliveries' path, 404 at any other.
 *
 * After a 301, 302 or 303 Misskey comes as a GET without the event, its secret attached. A proxy that redirects
 * HTTP to HTTPS so loses every event, and only this warning tells.
 */
export function createElsewhere({ authenticate, log }: ElsewhereOptions) {
  let warnedAt = -Infinity;
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const secret = takeSecret(request.raw);
    endIfLong(reply, request.raw);
    const [path] = request.url.split("?", 1);
    if (path !== "/misskey" && path !== "/misskey/") {
      sendError(reply, "NOT_FOUND");
      return;
    }
    const now = Date.now();
    if (secret !== "" && now - warnedAt > WARN_EVERY_MS && authenticate(secret) !== undefined) {
      warnedAt = now;
      log.warn(
        { method: request.method },
        "a delivery came with another method than POST and without its event: does a proxy in front redirect it? Give Misskey the final https:// address",
      );
    }
    sendError(reply, "METHOD_NOT_ALLOWED");
  };
}
