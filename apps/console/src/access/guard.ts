/**
 * What a request must pass before its route sees it.
 *
 * | check | else |
 * |---|---|
 * | without tokens, `Host` names this machine | 403 `FOREIGN_HOST` |
 * | it does not come from a page of somebody else | 403 `FOREIGN_ORIGIN` |
 * | Redis is there | 503 `REDIS_AWAY`, at once |
 * | somebody is signed in | 401 `NOT_SIGNED_IN` |
 * | who may only look wants no more | 403 `READ_ONLY` |
 * | a change carries the session's `x-misskeep-csrf` | 403 `CSRF` |
 *
 * A route of the API that does not say whom it is for stops the start.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "../api-error.ts";
import type { Identify } from "./identify.ts";
import { isForeign, isLoopbackHost } from "./origin.ts";
import type { Access, Visitor } from "./visitor.ts";

export const API = "/api/";
export const CSRF_HEADER = "x-misskeep-csrf";

export interface GuardOptions {
  readonly identify: Identify;
  /** @throws ApiError `REDIS_AWAY` */
  readonly requireRedis: () => void;
}

/** A route of the API. */
export interface GuardedRoute {
  readonly method: string;
  /** Its pattern. */
  readonly url: string;
  readonly access: Access;
}

/**
 * Call it before any route is added.
 *
 * @returns the routes that it guards; those that are added later come to it
 */
export function guard(
  app: FastifyInstance,
  { identify, requireRedis }: GuardOptions,
): readonly GuardedRoute[] {
  const routes: GuardedRoute[] = [];
  app.decorateRequest("visitor", null);
  app.addHook("onRoute", ({ url, method, config }) => {
    if (!url.startsWith(API)) return;
    const access = config?.access;
    if (access === undefined) throw new Error(`The route ${url} does not say whom it is for (config.access)`);
    // HEAD comes along with each GET.
    for (const each of [method].flat()) if (each !== "HEAD") routes.push({ method: each, url, access });
  });
  app.addHook("onRequest", async (request) => {
    if (identify.isOpen && !isLoopbackHost(request.headers.host))
      throw new ApiError(
        403,
        "FOREIGN_HOST",
        "Without CONSOLE_TOKENS the console answers to localhost only; open it by that name.",
      );
    // Of the route, not by the URL as it was sent: `/%61pi/…` leads to the same route. Others are the page's.
    const { access, withoutRedis = false } = request.routeOptions.config;
    if (access === undefined) return;
    if (isForeign(request.headers))
      throw new ApiError(403, "FOREIGN_ORIGIN", "This request comes from another site.");
    if (access === "public") return;
    if (!withoutRedis) requireRedis();
    const visitor = await identify.visitor(request);
    if (!visitor) throw new ApiError(401, "NOT_SIGNED_IN", "Sign in first.");
    if (visitor.readonly && access !== "read") throw readOnly();
    if (access === "change") requireCsrf(request, visitor);
    request.visitor = visitor;
  });
  return routes;
}

export function readOnly(): ApiError {
  return new ApiError(403, "READ_ONLY", "You may look, without private content, and change nothing.");
}

/** @throws ApiError `CSRF` */
export function requireCsrf({ headers }: FastifyRequest, { csrf }: Visitor): void {
  if (csrf === null) return;
  const sent = headers[CSRF_HEADER];
  if (typeof sent === "string" && timingSafeEqual(digestOf(sent), digestOf(csrf))) return;
  throw new ApiError(
    403,
    "CSRF",
    `The header ${CSRF_HEADER} is missing or old; GET /api/session tells what it has to be.`,
  );
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
