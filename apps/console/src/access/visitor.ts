/** Who asks. */
export interface Visitor {
  readonly name: string;
  /** May look, without private content, and change nothing. */
  readonly readonly: boolean;
  /** What a change has to carry; null for a bearer token, which no browser sends by itself. */
  readonly csrf: string | null;
  /** The id in the cookie; null where there is none. */
  readonly sessionId: string | null;
}

/**
 * | access | whom a route is for |
 * |---|---|
 * | `public` | everybody; it looks at the visitor by itself |
 * | `read` | whoever is signed in; the route withholds what is private from those who may only look |
 * | `private` | not those who may only look: all that it gives is private |
 * | `change` | the same; it changes something, so the request must be meant |
 */
export type Access = "public" | "read" | "private" | "change";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** The route itself says so when Redis is away. */
    withoutRedis?: boolean;
  }
  interface FastifyRequest {
    /** null on public routes. */
    visitor: Visitor | null;
  }
}
