/**
 * The HTTP server below Fastify: every answer that Node would give by itself is switched off.
 *
 * | what comes | Node and Fastify answer | here |
 * |---|---|---|
 * | a request that cannot be parsed, or with headers over 16 KiB | 400, 431 | the socket is destroyed |
 * | a client that sends too slowly or stops half-way | 408 | the socket is destroyed |
 * | no `Host` | 400 | an ordinary request |
 * | `Expect: 100-continue` | 100 at once | 100 once the secret is right |
 * | any other `Expect` | 417 | an ordinary request |
 *
 * After a 4xx Misskey gives up; after a broken connection it resends.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Connections } from "./connections.ts";

export interface WireLimits {
  /** From the first byte to the end of the headers. ms. @default 10000 */
  readonly headersTimeout?: number | undefined;
  /** From the first byte to the end of the body; Misskey itself gives up after 5 s. ms. @default 15000 */
  readonly requestTimeout?: number | undefined;
  /** How often the two above are looked at, ms. @default 1000 */
  readonly checkingInterval?: number | undefined;
  /** Between two requests, ms. @default 125000 */
  readonly keepAliveTimeout?: number | undefined;
  /** What is done beyond them: see connections.ts. Misskey opens 64 at most. @default 4096 */
  readonly maxConnections?: number | undefined;
}

export const MAX_CONNECTIONS = 4_096;

/** Longer than the two minutes of Caddy and the one of nginx: a proxy must not meet a connection that just closed. */
const KEEP_ALIVE_MS = 125_000;

export function createWireServer(
  handler: RequestListener,
  connections: Connections,
  limits: WireLimits,
): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headersTimeout ?? 10_000,
      requestTimeout: limits.requestTimeout ?? 15_000,
      connectionsCheckingInterval: limits.checkingInterval ?? 1_000,
      keepAliveTimeout: limits.keepAliveTimeout ?? KEEP_ALIVE_MS,
      requireHostHeader: false,
    },
    handler,
  );
  connections.watch(server);
  return server.on("checkContinue", handler).on("checkExpectation", handler);
}

/** For Node's `clientError`: parse errors and time-outs. */
export function destroyBroken(_error: Error, socket: Socket): void {
  socket.destroy();
}
