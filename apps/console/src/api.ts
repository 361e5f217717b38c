import type { IncomingMessage, ServerResponse } from "node:http";
import { isDeepStrictEqual } from "node:util";
import type { Actor, Context } from "@misskeep/operations";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { ApiError } from "./api-error.ts";
import type { Visitor } from "./access/visitor.ts";

/** A Fastify instance whose routes take their types from zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes work on. */
export interface ApiDeps {
  readonly context: Context;
}

/**
 * Requests are checked against their schemas. Answers are checked by the compiler (schemas/describes.ts), and by tests
 * while they run; to do that at work would turn one odd record in Redis into a page that shows nothing.
 *
 * @param checkAnswers for tests: an answer that does not fit its schema, or has fields that it lacks, fails
 */
export function useSchemas(app: FastifyInstance, checkAnswers: boolean): Api {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler<z.ZodType>(({ schema, url }) => (data: unknown) => {
    const text = JSON.stringify(data);
    if (checkAnswers) {
      const given: unknown = JSON.parse(text);
      if (!isDeepStrictEqual(schema.parse(given), given))
        throw new Error(`The answer of ${url} has fields that its schema lacks: ${text.slice(0, 2_000)}`);
    }
    return text;
  });
  return app.withTypeProvider<ZodTypeProvider>();
}

/** Who asks; the guard has let them in. */
export function visitorOf({ visitor }: Pick<FastifyRequest, "visitor">): Visitor {
  if (visitor) return visitor;
  throw new Error("A route that needs a visitor is public");
}

export function actorOf(request: Pick<FastifyRequest, "visitor">, why: string): Actor {
  return { by: visitorOf(request).name, why };
}

/** @throws ApiError `COUNT_MISMATCH` unless the number that a person typed in is the one that it is about */
export function requireCount(typed: number, count: number): void {
  if (typed === count) return;
  throw new ApiError(
    409,
    "COUNT_MISMATCH",
    `It is about ${count}, and ${typed} was typed in; nothing was done.`,
  );
}
