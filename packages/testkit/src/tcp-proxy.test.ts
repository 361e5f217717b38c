/** Each mode does to a connection what its table says. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Mode, startTcpProxy } from "./tcp-proxy.ts";
import { until } from "./until.ts";

/** A server that answers each piece with the same in capitals, behind a proxy. */
async function world() {
  const arrived: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (piece) => {
      arrived.push(piece.toString());
      socket.write(piece.toString().toUpperCase());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await startTcpProxy(() => [{ host: "127.0.0.1", port }]);
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  const open = async (): Promise<{ socket: Socket; got: () => string; isClosed: () => boolean }> => {
    const socket = connect(proxy.port, "127.0.0.1");
    let got = "";
    socket.on("data", (piece) => (got += piece.toString()));
    socket.on("error", () => {});
    // One that is reset at once may never be told that it was connected.
    await new Promise<void>((resolve) =>
      socket.once("connect", () => resolve()).once("close", () => resolve()),
    );
    return { socket, got: () => got, isClosed: () => socket.closed };
  };
  return { proxy, open, arrived };
}

test("open: everything passes", async () => {
  const { open } = await world();
  const client = await open();
  client.socket.write("a");
  await until(() => client.got() === "A");
});

test("cut: what there is is reset, and what comes too", async () => {
  const { proxy, open } = await world();
  const client = await open();
  client.socket.write("a");
  await until(() => client.got() === "A");
  proxy.mode("cut");
  await until(client.isClosed);
  const next = await open();
  await until(next.isClosed);
});

test("stalled: what was sent arrives once it ends", async () => {
  const { proxy, open, arrived } = await world();
  const client = await open();
  proxy.mode("stalled");
  client.socket.write("a");
  const other = await open();
  other.socket.write("b");
  expect(arrived).toEqual([]);
  proxy.mode("open");
  await until(() => client.got() === "A" && other.got() === "B");
});

test("half-open: what there was never carries anything again, and is not told so; what came since does", async () => {
  const { proxy, open, arrived } = await world();
  const client = await open();
  client.socket.write("a");
  await until(() => client.got() === "A");
  proxy.mode("half-open");
  client.socket.write("b");
  const other = await open();
  other.socket.write("c");
  proxy.mode("open");
  await until(() => other.got() === "C");
  expect(arrived).toEqual(["a", "c"]);
  expect([client.got(), client.isClosed()]).toEqual(["A", false]);
});

test("deaf: what is sent arrives, the answer is lost, and in the end the connection too", async () => {
  const { proxy, open, arrived } = await world();
  const client = await open();
  proxy.mode("deaf");
  client.socket.write("a");
  await until(() => arrived.length === 1);
  expect(client.isClosed()).toBe(false);
  proxy.mode("open");
  await until(client.isClosed);
  expect(client.got()).toBe("");
});

test("slow: everything arrives in order, also what is sent when it ends", async () => {
  const { proxy, open } = await world();
  const client = await open();
  const slow: Mode = { slowMs: 100 };
  proxy.mode(slow);
  client.socket.write("a");
  await until(() => client.socket.bytesWritten === 1);
  client.socket.write("b");
  proxy.mode("open");
  client.socket.write("c");
  await until(() => client.got().length === 3);
  expect(client.got()).toBe("ABC");
});
