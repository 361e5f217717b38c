import swagger from "@fastify/swagger";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Api } from "./api.ts";
import { API, CSRF_HEADER } from "./access/guard.ts";
import { COOKIE } from "./access/identify.ts";

/** Describes the routes that are added after it; the page's own are not among them. */
export async function describeApi(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Misskeep's console",
        description:
          "Times are ms since 1970. A bearer token is one of CONSOLE_TOKENS; with the cookie of a session, a change also " +
          `carries \`${CSRF_HEADER}\`. Where there are no tokens, the same holds without a cookie.`,
        version: "1",
      },
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer" },
          session: { type: "apiKey", in: "cookie", name: COOKIE },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: (document) =>
      document.url.startsWith(API)
        ? jsonSchemaTransform(document)
        : { schema: { hide: true }, url: document.url },
    transformObject: jsonSchemaTransformObject,
  });
}

export function serveOpenApi(api: Api): void {
  api.get(
    "/api/openapi.json",
    {
      config: { access: "read" },
      schema: {
        summary: "This description",
        response: { 200: { content: { "application/json": { schema: z.unknown() } } } },
      },
    },
    (_request, reply) => reply.type("application/json; charset=utf-8").send(JSON.stringify(api.swagger())),
  );
}
