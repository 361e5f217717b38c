import { spawn } from "node:child_process";
import { connect as connectSocket, type Socket } from "node:net";
import { freshRedisUrl, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";

/** Leads to Redis, and takes one connection at a time from the kernel's queue, which holds hardly any. */
const DOOR = `
  const { connect, createServer } = require("node:net");
  const [host, port] = process.argv.slice(1);
  const door = createServer((near) => {
    const far = connect(Number(port), host);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.pipe(far).pipe(near);
  });
  door.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(door.address().port));
`;

/** Fills the queue of a process that stands still: to what comes then the kernel gives no answer, as a dead host. */
async function fill(port: number): Promise<void> {
  for (let i = 0; i < 16; i += 1) {
    const socket: Socket = connectSocket(port, "127.0.0.1");
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    const isConnected = await new Promise((resolve) => {
      socket.once("connect", () => resolve(true));
      setTimeout(() => resolve(false), 1_000);
    });
    if (!isConnected) return;
  }
  throw new Error("the kernel goes on answering");
}

// What other kernels do with a full queue is another matter.
test.runIf(process.platform === "linux")(
  "a connection that is opened into nothing is given up, and another tried, until somebody answers",
  async () => {
    const url = new URL(await freshRedisUrl());
    const door = spawn(process.execPath, ["-e", DOOR, url.hostname, url.port]);
    onTestFinished(() => void door.kill("SIGKILL"));
    const port = Number(await new Promise<Buffer>((resolve) => door.stdout.once("data", resolve)));
    door.kill("SIGSTOP");
    await fill(port);

    let tries = 0;
    url.host = `127.0.0.1:${port}`;
    const redis = connectRedis({ url: url.href, role: "command" });
    onTestFinished(() => redis.disconnect());
    redis.on("reconnecting", () => (tries += 1));
    await until(() => tries >= 3);
    expect(redis.status).not.toBe("ready");
    door.kill("SIGCONT");
    await until(() => redis.status === "ready");
  },
);
