import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { startConsole, TOKENS, type TestConsole } from "./test-support/console.ts";
import type { WireLimits } from "./wire.ts";

const SOON = { headersTimeout: 300, requestTimeout: 600, checkingInterval: 50 };
const START = "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
const HEALTH = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";

async function listening(limits: WireLimits): Promise<TestConsole & { port: number }> {
  const started = await startConsole({ limits });
  await started.app.listen({ port: 0, host: "127.0.0.1" });
  return { ...started, port: (started.app.server.address() as AddressInfo).port };
}

async function open(port: number, sent: string): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
  socket.on("error", () => {});
  const ended = once(socket, "close").then(() => received);
  await once(socket, "connect");
  socket.write(sent);
  return { socket, ended };
}

test.each([
  ["nothing", "", /^HTTP\/1\.1 408 [^]*"code":"REQUEST_TIMEOUT"/],
  ["half of its headers", START, /^HTTP\/1\.1 408 [^]*"code":"REQUEST_TIMEOUT"/],
  ["half of its body", `${START}Content-Length: 100\r\n\r\n{"token`, /^HTTP\/1\.1 408 [^]*REQUEST_TIMEOUT/],
  ["a header of 20 KB", `${START}X: ${"x".repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 [^]*HEADERS_TOO_LARGE/],
  [
    "too many headers",
    `${START}${"X-Much: 123456789012345\r\n".repeat(900)}\r\n`,
    /^HTTP\/1\.1 431 [^]*HEADERS_TOO_LARGE/,
  ],
  ["no HTTP", `${TOKENS[0].token} \0\r\n\r\n`, /^HTTP\/1\.1 400 [^]*"code":"INVALID_REQUEST"/],
])("ends who sends %s, says why, and goes on serving others", async (_what, sent, answer) => {
  const { port, log } = await listening(SOON);
  const received = await (await open(port, sent)).ended;
  expect(received).toMatch(answer);
  expect(received).not.toContain(TOKENS[0].token);
  expect(log).toEqual([]);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});

test("ends who sends a byte of a body now and then", async () => {
  const { port } = await listening(SOON);
  const { socket, ended } = await open(port, `${START}Content-Length: 1000\r\n\r\n`);
  const trickle = setInterval(() => socket.write("x"), 20);
  expect(await ended).toContain(" 408 ");
  clearInterval(trickle);
});

test("closes connections beyond the limit, and takes others when there is room", async () => {
  const { port, app } = await listening({ maxConnections: 2 });
  const [first] = [await open(port, HEALTH), await open(port, HEALTH)];
  await until(() => new Promise((resolve) => app.server.getConnections((_, count) => resolve(count === 2))));
  expect(await (await open(port, HEALTH)).ended).toBe("");
  first?.socket.end();
  await until(async () => {
    const { socket } = await open(port, HEALTH);
    const answered = Promise.race([once(socket, "data"), once(socket, "close").then(() => undefined)]);
    return (await answered) !== undefined;
  });
});
