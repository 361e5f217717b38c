import { type Context, recordAudit } from "@misskeep/operations";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { requireCsrf } from "../access/guard.ts";
import { COOKIE, type Identify } from "../access/identify.ts";
import { SESSION_MS, type Sessions } from "../access/sessions.ts";
import type { Visitor } from "../access/visitor.ts";
import type { Api } from "../api.ts";
import { answers } from "../schemas/common.ts";

const session = z
  .object({
    name: z.string(),
    readonly: z.boolean(),
    csrf: z
      .string()
      .nullable()
      .describe("To be sent as x-misskeep-csrf with every change; null for a bearer token."),
    local: z.boolean().describe("There are no tokens, so that nobody signs in or out."),
  })
  .meta({ id: "Session" });

export interface SessionDeps {
  readonly context: Context;
  readonly identify: Identify;
  readonly sessions: Sessions;
  /** Told the id of a session that ended. */
  readonly onEnd: (sessionId: string) => void;
}

export function serveSession(api: Api, { context, identify, sessions, onEnd }: SessionDeps): void {
  const toAnswer = ({ name, readonly, csrf }: Pick<Visitor, "name" | "readonly" | "csrf">) => ({
    name,
    readonly,
    csrf,
    local: identify.isOpen,
  });
  const config = { access: "public" } as const;

  api.get(
    "/api/session",
    {
      config,
      schema: {
        summary: "Who you are; null if you are not signed in",
        response: answers(session.nullable()),
      },
    },
    async (request) => {
      const visitor = await identify.visitor(request);
      return visitor ? toAnswer(visitor) : null;
    },
  );

  api.post(
    "/api/session",
    {
      config,
      schema: {
        summary: "Sign in",
        body: z.strictObject({ token: z.string().min(1).max(1_000) }),
        response: answers(session),
      },
    },
    async (request, reply) => {
      if (identify.isOpen) {
        const visitor = await identify.visitor(request);
        if (visitor) return toAnswer(visitor);
      }
      const token = await identify.token(request.body.token.trim(), request.ip);
      await recordAudit(context, { by: token.name, why: "" }, { what: "sign-in", target: "console" });
      const opened = await sessions.open(token);
      reply.setCookie(COOKIE, opened.id, { ...cookieOptions(request), maxAge: SESSION_MS / 1_000 });
      return toAnswer(opened.session);
    },
  );

  api.delete(
    "/api/session",
    { config, schema: { summary: "Sign out", response: answers(z.null()) } },
    async (request, reply) => {
      const visitor = await identify.visitor(request);
      if (visitor) requireCsrf(request, visitor);
      if (visitor?.sessionId) {
        await sessions.end(visitor.sessionId);
        onEnd(visitor.sessionId);
      }
      reply.clearCookie(COOKIE, cookieOptions(request));
      return reply.code(200).type("application/json; charset=utf-8").send(null);
    },
  );
}

/** Behind a proxy with TLS the connection to here is plain; who lies in that header harms only their own cookie. */
function cookieOptions({ protocol, headers }: FastifyRequest) {
  const secure = protocol === "https" || headers["x-forwarded-proto"] === "https";
  return { path: "/", httpOnly: true, sameSite: "strict", secure } as const;
}
