import { spawn } from "node:child_process";
import { once } from "node:events";
import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type ShutdownOptions, shutdownOn } from "./shutdown.ts";

class FakeProcess extends EventEmitter {
  connected: boolean | undefined;
  send: unknown;
  readonly exited: Promise<number>;
  exit!: (code: number) => void;
  constructor(connected?: boolean) {
    super();
    this.connected = connected;
    this.exited = new Promise((resolve) => {
      this.exit = resolve;
    });
  }
}

function arrange(options: Partial<ShutdownOptions> = {}, connected?: boolean) {
  const self = new FakeProcess(connected);
  const reasons: string[] = [];
  const logged: string[] = [];
  const write = (_: object, message: string) => void logged.push(message);
  const shutdown = shutdownOn({
    timeoutMs: 60_000,
    log: { info: write, error: write, fatal: write },
    stop: (reason) => {
      reasons.push(reason);
      return Promise.resolve();
    },
    process: self,
    ...options,
  });
  return { self, reasons, logged, shutdown };
}

const never = () => new Promise<void>(() => undefined);

it.each(["SIGTERM", "SIGINT"])("stops once on %s and exits with 0", async (signal) => {
  const { self, reasons } = arrange();
  self.emit(signal);
  self.emit("SIGTERM");
  expect(await self.exited).toBe(0);
  expect(reasons).toEqual([signal]);
});

it("exits with 1, loudly, when the stop takes too long", async () => {
  const { self, logged } = arrange({ stop: never, timeoutMs: 1 });
  self.emit("SIGTERM");
  expect(await self.exited).toBe(1);
  expect(logged).toContain("The stop took too long; exiting without its end");
});

it("exits with 1 when the stop fails", async () => {
  const { self, logged } = arrange({ stop: () => Promise.reject(new Error("no")) });
  self.emit("SIGTERM");
  expect(await self.exited).toBe(1);
  expect(logged).toContain("The stop failed");
});

describe("a second signal", () => {
  it("exits at once when it is the same and comes later", async () => {
    let time = 0;
    const { self } = arrange({ stop: never, now: () => time });
    self.emit("SIGINT");
    time = 1500;
    self.emit("SIGINT");
    expect(await self.exited).toBe(1);
  });

  it("changes nothing when it is the same key press passed on", async () => {
    let time = 0;
    const { self, logged } = arrange({ now: () => time });
    self.emit("SIGINT");
    time = 20;
    self.emit("SIGINT");
    time = 2000;
    self.emit("SIGTERM");
    expect(await self.exited).toBe(0);
    expect(logged).not.toContain("Asked a second time; exiting at once");
  });
});

it("stops when the parent that it was connected to goes away", async () => {
  const { self, reasons } = arrange({}, true);
  self.emit("disconnect");
  expect(await self.exited).toBe(0);
  expect(reasons).toEqual(["the parent is gone"]);
});

it("does not watch for a parent that there never was", () => {
  expect(arrange({}).self.listenerCount("disconnect")).toBe(0);
});

it.each(["uncaughtException", "unhandledRejection"])(
  "tries to stop on %s and exits with 1",
  async (event) => {
    const { self, reasons } = arrange();
    self.emit(event, new Error("bug"));
    expect(await self.exited).toBe(1);
    expect(reasons).toHaveLength(1);
  },
);

it("stops when the app asks, with the app's exit code", async () => {
  const { self, shutdown } = arrange();
  await shutdown.shutdown("a handler hangs", 75);
  expect(await self.exited).toBe(75);
});

it("listens to nothing any more once it is disposed of", () => {
  const { self, shutdown } = arrange({}, true);
  shutdown.dispose();
  expect(self.eventNames()).toEqual([]);
});

it("ends a real process in order", async () => {
  const source = fileURLToPath(new URL("./shutdown.ts", import.meta.url));
  const script = `
    import { shutdownOn } from ${JSON.stringify(source)};
    const log = { info() {}, error() {}, fatal() {} };
    const timer = setInterval(() => {}, 1000);
    shutdownOn({ timeoutMs: 10_000, log, async stop(reason) { console.log("stop", reason); } });
    console.log("ready");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
  const lines: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    lines.push(...text.trim().split("\n"));
    if (text.includes("ready")) child.kill("SIGTERM");
  });
  const [code] = await once(child, "close");
  expect({ code, lines }).toEqual({ code: 0, lines: ["ready", "stop SIGTERM"] });
});

it("stops when the parent was gone before anybody looked", async () => {
  const self = new FakeProcess(false);
  self.send = () => undefined;
  const { reasons } = arrange({ process: self });
  expect(await self.exited).toBe(0);
  expect(reasons).toEqual(["the parent is gone"]);
});
