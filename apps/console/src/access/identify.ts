/**
 * Finds out who asks.
 *
 * | there is | the visitor |
 * |---|---|
 * | no token in the settings | is `local` and may do everything; only loopback can ask |
 * | `Authorization: Bearer <token>` | is whose token it is; the cookie is not looked at |
 * | a cookie of a session | is who signed in |
 */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type {} from "@fastify/cookie";
import type { FastifyRequest } from "fastify";
import { ApiError } from "../api-error.ts";
import type { Attempts } from "./attempts.ts";
import type { Sessions } from "./sessions.ts";
import type { Person } from "./tokens.ts";
import type { Visitor } from "./visitor.ts";

export const COOKIE = "misskeep-session";
export const LOCAL = "local";
/** How long a wrong token is left without an answer. */
export const SLOW_MS = 1_000;

export interface Identify {
  /**
   * @returns undefined for nobody
   * @throws ApiError `TOO_MANY_ATTEMPTS`, `WRONG_TOKEN`
   */
  visitor(request: FastifyRequest): Promise<Visitor | undefined>;
  /**
   * @returns whose token it is
   * @throws ApiError `TOO_MANY_ATTEMPTS`, `WRONG_TOKEN`
   */
  token(text: string, address: string): Promise<Person>;
  /** Whether nobody has to sign in. */
  readonly isOpen: boolean;
}

export interface IdentifyOptions {
  readonly people: readonly Person[];
  readonly check: (text: string) => Person | undefined;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  /** @default SLOW_MS */
  readonly slowMs?: number | undefined;
}

export function createIdentify(options: IdentifyOptions): Identify {
  const { check, sessions, attempts, slowMs = SLOW_MS } = options;
  const isOpen = options.people.length === 0;
  const local: Visitor = {
    name: LOCAL,
    readonly: false,
    csrf: randomBytes(24).toString("base64url"),
    sessionId: null,
  };

  async function token(text: string, address: string): Promise<Person> {
    const seconds = attempts.wait(address);
    if (seconds > 0)
      throw new ApiError(429, "TOO_MANY_ATTEMPTS", `Too many wrong tokens; wait ${seconds} s.`, seconds);
    const found = check(text);
    if (found) return found;
    attempts.failed(address);
    await wait(slowMs);
    throw new ApiError(401, "WRONG_TOKEN", "Nobody has this token.");
  }

  return {
    isOpen,
    token,
    async visitor({ headers, cookies, ip }) {
      if (isOpen) return local;
      const { authorization } = headers;
      if (authorization !== undefined) {
        const [, bearer = ""] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
        const { name, readonly } = await token(bearer, ip);
        return { name, readonly, csrf: null, sessionId: null };
      }
      const sessionId = cookies[COOKIE];
      if (sessionId === undefined) return undefined;
      const session = await sessions.find(sessionId);
      return session && { ...session, sessionId };
    },
  };
}
