/**
 * Every error as an answer, `{ code, message }`.
 *
 * | error | status |
 * |---|---|
 * | the console's own | its own |
 * | of an operation: `…_NOT_FOUND` | 404 |
 * | of an operation: `INVALID_…`, `…_INVALID` | 400 |
 * | of an operation: any other | 409 |
 * | a request that does not fit its route's schema | 400 `INVALID_REQUEST` |
 * | of HTTP: too large, not JSON | as Fastify says |
 * | of Redis: away, loading, full | 503 `REDIS_AWAY`, `REDIS_FULL` |
 * | anything else | 500 `INTERNAL`, with an id that the log has too |
 */
import { OperationError } from "@misskeep/operations";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "./api-error.ts";
import { toRedisError } from "./redis-away.ts";

export interface ErrorLog {
  error(fields: object, message: string): void;
}

export function answerErrors(app: FastifyInstance, log: ErrorLog): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const known = toApiError(error);
    if (known) return sendError(reply, known);
    log.error(
      { err: error, id: request.id, method: request.method, route: routeOf(request) },
      "a request failed",
    );
    return sendError(
      reply,
      new ApiError(500, "INTERNAL", `This went wrong; the console's log says why, under ${request.id}.`),
    );
  });
}

export function sendError(
  reply: FastifyReply,
  { status, code, message, retryAfter }: ApiError,
): FastifyReply {
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .serializer(JSON.stringify)
    .send({ code, message });
}

/** @returns undefined for an error that nobody foresaw */
export function toApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof OperationError) return new ApiError(statusOf(error.code), error.code, error.message);
  const redis = toRedisError(error);
  if (redis) return redis;
  return error instanceof Error ? ofHttp(error as FastifyError) : undefined;
}

function statusOf(code: string): number {
  if (code.endsWith("_NOT_FOUND")) return 404;
  return /^INVALID_|_INVALID$/.test(code) ? 400 : 409;
}

/** Fastify's messages may quote the body; ours do not. */
function ofHttp({ validation, validationContext, statusCode, code }: FastifyError): ApiError | undefined {
  if (validation) {
    const what = validation.map(({ instancePath, message }) =>
      `${instancePath.replace(/^\//, "").replaceAll("/", ".") || "it"}: ${message ?? "is wrong"}`.slice(
        0,
        300,
      ),
    );
    const where = CONTEXTS[validationContext ?? ""] ?? "The request";
    return new ApiError(400, "INVALID_REQUEST", `${where} is wrong. ${what.slice(0, 10).join("; ")}`);
  }
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new ApiError(413, "TOO_LARGE", "The body is too large.");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return new ApiError(415, "NOT_JSON", "The body has to be application/json.");
  if (code === "FST_ERR_CTP_INVALID_JSON_BODY" || code === "FST_ERR_CTP_EMPTY_JSON_BODY")
    return new ApiError(400, "NOT_JSON", "The body is no JSON.");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new ApiError(statusCode, "INVALID_REQUEST", "The request is broken.");
  return undefined;
}

const CONTEXTS: Readonly<Record<string, string>> = {
  params: "The address",
  querystring: "The query",
  body: "The body",
};

/** The pattern, not the URL: what people searched for stays out of the log. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "none";
}
