/**
 * Every answer that is not an acknowledgement, and what Misskey makes of it.
 *
 * | status | Misskey |
 * |---|---|
 * | 401, 404, 405, 413 | gives up at once: the event is lost |
 * | 503 | resends, 4 sends in all within about 12 minutes |
 *
 * An authentic delivery must therefore get no 4xx but 413, and never a redirect.
 */
import type { IncomingMessage } from "node:http";
import type { FastifyReply } from "fastify";

const errors = {
  NO_SECRET: [401, "No webhook secret was sent. Set one in Misskey's webhook and in MISSKEY_HOOK_SECRETS."],
  WRONG_SECRET: [401, "The webhook secret is none of those that are configured."],
  NOT_FOUND: [404, "Nothing is here. Misskey's webhook belongs to POST /misskey."],
  METHOD_NOT_ALLOWED: [405, "Only POST is taken here."],
  BODY_TOO_LARGE: [413, "The body is larger than MAX_BODY_BYTES."],
  REDIS_UNAVAILABLE: [503, "The event cannot be kept now, as Redis does not answer. Send it again."],
  REDIS_FULL: [503, "The event cannot be kept now, as Redis is nearly full. Send it again."],
  NOT_DURABLE: [503, "The event cannot be kept now as durably as was promised. Send it again."],
  SPOOL_FULL: [
    503,
    "The event cannot be kept now, as Redis takes nothing and the spool is full. Send it again.",
  ],
  SPOOL_FAILED: [
    503,
    "The event cannot be kept now, as neither Redis nor the spool takes it. Send it again.",
  ],
  OVERLOADED: [503, "Too many events are under way. Send it again."],
  SHUTTING_DOWN: [503, "This server is about to stop. Send it again."],
  INTERNAL: [503, "The event could not be kept. Send it again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof errors;

/** Why an event cannot be kept at the moment. */
export type UnavailableCode = {
  [Code in ErrorCode]: (typeof errors)[Code][0] extends 503 ? Code : never;
}[ErrorCode];

const JSON_TYPE = "application/json; charset=utf-8";

const bodies = Object.fromEntries(
  Object.entries(errors).map(([code, [, message]]) => [code, `${JSON.stringify({ code, message })}\n`]),
) as Readonly<Record<ErrorCode, string>>;

/** Read and dropped of a stranger's body to keep the connection: a Misskey with a wrong secret sends no more. */
const DROPPED_BYTES = 1024 ** 2;

/**
 * Ends the connection with its answer if a long body is still to come that nobody wants. The reset may overtake the
 * answer; whoever sends so much without being known has to bear it.
 */
export function endIfLong(reply: FastifyReply, { headers }: IncomingMessage): void {
  const isLong = Number(headers["content-length"] ?? 0) > DROPPED_BYTES;
  if (isLong || headers["transfer-encoding"] !== undefined) void reply.header("connection", "close");
}

/** Answers with an error's status, code and message. */
export function sendError(reply: FastifyReply, code: ErrorCode): FastifyReply {
  if (code === "METHOD_NOT_ALLOWED") void reply.header("allow", "POST");
  return sendJson(reply, errors[code][0], bodies[code]);
}

/** @param body JSON as text: these few answers need no serializer */
export function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header("content-type", JSON_TYPE).send(body);
}
