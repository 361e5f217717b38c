import { performance } from "node:perf_hooks";
import cookie from "@fastify/cookie";
import { type Context, type DoctorOptions, overview } from "@misskeep/operations";
import fastify, { type FastifyInstance } from "fastify";
import { randomBytes } from "node:crypto";
import { countAttempts } from "./access/attempts.ts";
import { guard, type GuardedRoute } from "./access/guard.ts";
import { createIdentify } from "./access/identify.ts";
import { createSessions } from "./access/sessions.ts";
import { type ConsoleToken, createTokenCheck, toPeople } from "./access/tokens.ts";
import { useSchemas } from "./api.ts";
import { answerErrors, type ErrorLog, toApiError } from "./errors.ts";
import { setHeaders } from "./headers.ts";
import { type Clients, createClients } from "./live/clients.ts";
import { createPoller } from "./live/poller.ts";
import { runsUnderWay } from "./live/runs-under-way.ts";
import type { Metrics } from "./metrics.ts";
import { describeApi, serveOpenApi } from "./openapi.ts";
import { servePage } from "./page.ts";
import { redisAway } from "./redis-away.ts";
import { serveDead } from "./routes/dead.ts";
import { serveDeliveries } from "./routes/deliveries.ts";
import { serveDiscarded } from "./routes/discarded.ts";
import { serveErase } from "./routes/erase.ts";
import { serveEvents } from "./routes/events.ts";
import { serveGroups } from "./routes/groups.ts";
import { serveLive } from "./routes/live.ts";
import { serveProcessors } from "./routes/processors.ts";
import { serveRuns } from "./routes/runs.ts";
import { serveSession } from "./routes/session.ts";
import { serveStatus } from "./routes/status.ts";
import { limitConnections, type WireLimits, wireOptions } from "./wire.ts";

export interface ConsoleOptions {
  readonly context: Context;
  /** Empty: nobody signs in, and only requests to a name of this machine are answered. */
  readonly tokens: readonly ConsoleToken[];
  /** What `DURABILITY` asks for. */
  readonly durability: DoctorOptions["wanted"];
  /** Where the built page lies. */
  readonly pageFolder: string;
  readonly metrics: (viewers: () => number) => Metrics;
  readonly log: ErrorLog;
  /** For tests: fail where an answer is not as its schema says. @default false */
  readonly checkAnswers?: boolean | undefined;
  /** For tests that cannot wait. ms. */
  readonly times?: { readonly slow?: number | undefined; readonly tick?: number | undefined } | undefined;
  /** The same, and that cannot open so many connections. */
  readonly limits?: WireLimits | undefined;
}

export interface Console {
  readonly app: FastifyInstance;
  /** Every route of the API. */
  readonly routes: readonly GuardedRoute[];
  /** Ends the live connections, and answers what is under way; what is open after `graceMs` is cut off. */
  stop(graceMs: number): Promise<void>;
}

/** Larger bodies have a limit of their own: an edited event. */
const BODY_LIMIT = 256 * 1024;

/** Puts the console together; it does not listen. */
export async function createConsole(options: ConsoleOptions): Promise<Console> {
  const { context, log } = options;
  const people = toPeople(options.tokens);
  const { redis } = context;
  const clients: Clients = createClients(() => performance.now());
  const metrics = options.metrics(() => clients.size);
  const sessions = createSessions(redis, people);
  const identify = createIdentify({
    people,
    check: createTokenCheck(people),
    sessions,
    attempts: countAttempts(() => performance.now()),
    slowMs: options.times?.slow,
  });
  const requireRedis = (): void => {
    // A command would wait for the connection, or fail with words for programmers.
    if (redis.status !== "ready") throw redisAway();
  };
  const poller = createPoller({
    clients,
    readOverview: () => {
      requireRedis();
      return overview(context);
    },
    readRuns: (expected) => runsUnderWay(context, expected),
    explain: (error) => {
      const known = toApiError(error);
      if (!known) log.error({ err: error }, "the live figures cannot be read");
      const { code, message } = known ?? { code: "INTERNAL", message: "This went wrong; the log says why." };
      return { code, message };
    },
    tickMs: options.times?.tick,
  });

  const limits = options.limits ?? {};
  const app = fastify({
    ...wireOptions(limits),
    logger: false,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomBytes(6).toString("hex"),
    return503OnClosing: false,
    forceCloseConnections: "idle",
  });
  limitConnections(app, limits);
  answerErrors(app, log);
  setHeaders(app);
  await app.register(cookie);
  app.addHook("onResponse", (request, reply, done) => {
    metrics.answered(request.routeOptions.url ?? "none", reply.statusCode, reply.elapsedTime);
    done();
  });
  const routes = guard(app, { identify, requireRedis });
  app.get("/health", (_request, reply) => reply.send({ status: "ok" }));
  app.get("/ready", (_request, reply) => {
    const ready = redis.status === "ready";
    return reply.code(ready ? 200 : 503).send({ ready });
  });

  const api = useSchemas(app, options.checkAnswers ?? false);
  await describeApi(api);
  serveSession(api, { context, identify, sessions, onEnd: (id) => clients.end(id) });
  serveStatus(api, { context, durability: options.durability });
  serveProcessors(api, { context });
  serveGroups(api, { context });
  serveDead(api, { context });
  serveDiscarded(api, { context });
  serveEvents(api, { context });
  serveDeliveries(api, { context });
  serveErase(api, { context });
  serveRuns(api, { context });
  serveLive(api, { clients, poller, sessions });
  serveOpenApi(api);
  await servePage(app, options.pageFolder);

  return {
    app,
    routes,
    async stop(graceMs) {
      clients.end();
      const closed = Promise.all([app.close(), poller.stop()]);
      const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}
