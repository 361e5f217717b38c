import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { type Clients, createClients } from "./clients.ts";

const MIB = 1024 ** 2;

/** A client that reads nothing until it is told to, on a real connection. */
async function deafClient(clients: Clients): Promise<{ response: ServerResponse; socket: Socket }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  response.writeHead(200);
  clients.add(response, { sessionId: null, mayStay: () => Promise.resolve(true) });
  return { response, socket };
}

test("what a client does not read does not pile up, and the next whole picture reaches it when it reads", async () => {
  const clients = createClients(() => 0);
  const { response, socket } = await deafClient(clients);
  const picture = JSON.stringify("x".repeat(MIB));
  for (let i = 0; i < 100; i += 1) {
    clients.send("overview", picture);
    // Lets the kernel take what it will.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(response.writableLength).toBeLessThan(4 * MIB);
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
  socket.resume();
  await until(() => !response.writableNeedDrain);
  clients.send("overview", '"the newest"');
  await until(() => received.includes('data: "the newest"\n\n'));
  expect(clients.size).toBe(1);
});

test("a client that reads nothing for half a minute is cut off", async () => {
  let now = 0;
  const clients = createClients(() => now);
  const { response } = await deafClient(clients);
  const picture = JSON.stringify("x".repeat(MIB));
  await until(() => {
    clients.send("overview", picture);
    return response.writableNeedDrain;
  });
  clients.send("overview", picture);
  now += 30_000;
  clients.send("overview", picture);
  expect(response.destroyed).toBe(false);
  now += 1;
  clients.send("overview", picture);
  expect(response.destroyed).toBe(true);
  await until(() => clients.size === 0);
});
