import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type InternalServer, type InternalServerOptions, serveInternal } from "./internal-server.ts";
import { createRegistry } from "./metrics.ts";

const open: InternalServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function serve(options: Partial<InternalServerOptions> = {}) {
  const warnings: object[] = [];
  const server = await serveInternal({
    port: 0,
    registry: createRegistry("ingest"),
    ready: () => Promise.resolve({ ready: true, details: { redis: "reached" } }),
    log: { warn: (fields) => warnings.push(fields), error: () => undefined },
    ...options,
  });
  open.push(server);
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  return { server, get, warnings };
}

it("serves the metrics of the app, the event loop's delay among them", async () => {
  const { get } = await serve();
  const response = await get("/metrics");
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(await response.text()).toMatch(/nodejs_eventloop_lag_p99_seconds\{app="ingest"\} /);
});

it("answers /health while it lives, and 404 elsewhere", async () => {
  const { get } = await serve({ ready: () => Promise.resolve({ ready: false, details: {} }) });
  expect((await get("/health?x")).status).toBe(200);
  expect((await get("/")).status).toBe(404);
});

it("answers /ready with the details", async () => {
  const { get } = await serve();
  const response = await get("/ready");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ready", redis: "reached" });
});

it("answers 503 while not ready, and when the check itself fails", async () => {
  const unready = await serve({ ready: () => Promise.resolve({ ready: false, details: { redis: "away" } }) });
  const response = await unready.get("/ready");
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: "not ready", redis: "away" });

  const failing = await serve({ ready: () => Promise.reject(new Error("hunter2")) });
  const failed = await failing.get("/ready");
  expect(failed.status).toBe(503);
  expect(await failed.text()).not.toContain("hunter2");
});

it("warns of a taken port and uses another one", async () => {
  const first = await serve();
  const second = await serve({ port: first.server.port });
  expect(second.server.port).not.toBe(first.server.port);
  expect(second.warnings).toEqual([{ wanted: first.server.port, used: second.server.port }]);
  expect((await second.get("/health")).status).toBe(200);
});

it("throws what else keeps it from listening", async () => {
  await expect(serve({ host: "192.0.2.1" })).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});

it.each([
  "",
  "GET /metrics HTTP/1.1\r\nHost: a\r\nHalf",
  "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
])("ends a connection over which a request takes too long: %j", async (sent) => {
  const { server, get } = await serve({ requestTimeoutMs: 200 });
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  await once(socket, "connect");
  socket.write(sent);
  await once(socket, "close");
  expect((await get("/health")).status).toBe(200);
});
