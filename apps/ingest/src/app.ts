import { recordRefusals } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import fastify, { type FastifyInstance } from "fastify";
import type { Hook } from "./admit.ts";
import { sendError, sendJson } from "./answers.ts";
import { createAuthenticator } from "./authenticate.ts";
import { boundConnections } from "./connections.ts";
import { createElsewhere } from "./elsewhere.ts";
import { createKeep, type KeepOptions } from "./keep.ts";
import type { Keeping } from "./keeping.ts";
import type { Metrics } from "./metrics.ts";
import { receiveDeliveries, type ReceiveOptions } from "./receive.ts";
import { keepRefusals } from "./refusals.ts";
import { createRoom } from "./room.ts";
import { createWireServer, destroyBroken, MAX_CONNECTIONS, type WireLimits } from "./server.ts";
import type { Spool } from "./spool/spool.ts";

export interface IngestOptions {
  readonly hooks: readonly Hook[];
  readonly redis: Redis;
  readonly keeping: Pick<Keeping, "reason" | "suspect">;
  readonly spool: Pick<Spool, "put" | "refusal">;
  /** The inbox's; see keep.ts. */
  readonly accept: KeepOptions["accept"];
  readonly metrics: Metrics;
  readonly log: ReceiveOptions["log"];
  readonly maxBodyBytes: number;
  /** For the bodies of all deliveries that are under way. @default 128 MiB, or 16 bodies of `maxBodyBytes` */
  readonly roomBytes?: number;
  /** For tests that cannot wait as long as a real client may take. */
  readonly limits?: WireLimits;
}

export interface Ingest {
  readonly app: FastifyInstance;
  /**
   * Takes no more connections and no more deliveries (503), answers those under way, writes down the refusals.
   *
   * @param graceMs after it, what is still open is cut off, and Misskey resends. A client that stopped half-way
   *   would hold the end up: Node looks for time-outs no more once it closes.
   */
  stop(graceMs: number): Promise<void>;
}

const ROOM_BYTES = 128 * 1024 ** 2;
const ROOM_BODIES = 16;

/** Puts the HTTP side together; it does not listen. */
export function createIngest(options: IngestOptions): Ingest {
  const { hooks, redis, keeping, spool, metrics, log, maxBodyBytes, limits = {} } = options;
  let stopping = false;
  const authenticate = createAuthenticator(hooks);
  const connections = boundConnections(limits.maxConnections ?? MAX_CONNECTIONS);
  const answerElsewhere = createElsewhere({ authenticate, log });
  const refusals = keepRefusals({
    record: (newest, counts) => recordRefusals(redis, newest, counts),
    log,
  });

  /** Why an event could be kept nowhere. */
  const unavailable = () =>
    stopping ? "SHUTTING_DOWN" : keeping.reason() === undefined ? undefined : spool.refusal();

  const app = fastify({
    logger: false,
    serverFactory: (handler) => createWireServer(handler, connections, limits),
    clientErrorHandler(error, socket) {
      // A reset may well hit a connection on which nothing is under way.
      if (error.code !== "ECONNRESET") metrics.broken();
      destroyBroken(error, socket);
    },
    // A path that cannot be decoded; Fastify would answer 400.
    frameworkErrors: (_error, request, reply) => answerElsewhere(request, reply),
    // Fastify's own 503 has another form.
    return503OnClosing: false,
  });

  app.addHook("onRequest", (request, reply, done) => {
    if (request.is404) answerElsewhere(request, reply);
    else done();
  });
  app.setErrorHandler((error, _request, reply) => {
    log.error({ err: error }, "a request failed");
    sendError(reply, "INTERNAL");
  });
  app.get("/health", (_request, reply) => sendJson(reply, 200, '{"status":"ok"}\n'));
  app.get("/ready", (_request, reply) => {
    const ready = unavailable() === undefined;
    return sendJson(reply, ready ? 200 : 503, `{"ready":${ready}}\n`);
  });
  receiveDeliveries(app, {
    authenticate,
    trust: connections.trust,
    maxBodyBytes,
    room: createRoom(options.roomBytes ?? Math.max(ROOM_BYTES, ROOM_BODIES * maxBodyBytes)),
    unavailable,
    keep: createKeep({ accept: options.accept, keeping, spool, log }),
    refusals,
    metrics,
    log,
    isStopping: () => stopping,
  });

  return {
    app,
    async stop(graceMs) {
      stopping = true;
      const closed = app.close();
      const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cutOff);
      await refusals.close();
    },
  };
}
