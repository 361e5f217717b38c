/**
 * The listener for machines and people inside: `/metrics`, `/health` (the process lives), `/ready` (200 only while it
 * can do its work, with the details why not). Separate from the public port, which shows none of it.
 */
import { createServer, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** What an app says about its readiness. */
export interface Readiness {
  readonly ready: boolean;
  /** For people; no secrets. */
  readonly details: object;
}

export interface InternalServerOptions {
  /** The wanted port; 0 for any. A taken one is a warning, and the system chooses another. */
  readonly port: number;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  readonly registry: { readonly contentType: string; metrics(): Promise<string> };
  /** May fail; that counts as not ready. */
  readonly ready: () => Promise<Readiness>;
  readonly log: InternalServerLog;
  /** How long a request may take to come, ms; for tests that cannot wait. @default 10000 */
  readonly requestTimeoutMs?: number | undefined;
}

/** Of machines that ask every few seconds, there are few. */
const MAX_CONNECTIONS = 128;

/** What is needed of a logger. */
interface InternalServerLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface InternalServer {
  /** The port that is really listened on. */
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** @throws what `listen` fails with, unless the port is merely taken */
export async function serveInternal(options: InternalServerOptions): Promise<InternalServer> {
  const { port, host = "127.0.0.1", log, requestTimeoutMs = 10_000 } = options;
  const limits = {
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
  };
  const server = createServer(limits, (request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "/";
    answer(path, response, options).catch((error: unknown) => {
      log.error({ err: error, path }, "The internal listener could not answer");
      sendJson(response, 500, { code: "INTERNAL", message: "This could not be answered; see the log." });
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  try {
    await listen(server, port, host);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    await listen(server, 0, host);
    log.warn({ wanted: port, used: portOf(server) }, "METRICS_PORT is taken; another port is used");
  }
  return {
    port: portOf(server),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(path: string, response: ServerResponse, options: InternalServerOptions): Promise<void> {
  if (path === "/metrics") {
    const text = await options.registry.metrics();
    response.writeHead(200, { "content-type": options.registry.contentType }).end(text);
  } else if (path === "/health") {
    sendJson(response, 200, { status: "ok" });
  } else if (path === "/ready") {
    const { ready, details } = await askReadiness(options);
    sendJson(response, ready ? 200 : 503, { status: ready ? "ready" : "not ready", ...details });
  } else {
    sendJson(response, 404, { code: "NOT_FOUND", message: "There are /metrics, /health and /ready." });
  }
}

/** A check that fails is an answer, not a fault of the listener. */
async function askReadiness({ ready, log }: InternalServerOptions): Promise<Readiness> {
  try {
    return await ready();
  } catch (error) {
    log.error({ err: error }, "The readiness check failed");
    return { ready: false, details: { reason: "The readiness check failed; see the log." } };
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8" })
    .end(`${JSON.stringify(body)}\n`);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
