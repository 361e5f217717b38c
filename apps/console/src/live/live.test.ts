import { connect, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { signIn, startConsole, type TestConsole, tokenOf } from "../test-support/console.ts";

interface Stream {
  /** What came so far, without comments. */
  readonly events: readonly { readonly event: string; readonly data: Record<string, unknown> }[];
  readonly text: string;
  readonly hasEnded: boolean;
  close(): void;
}

/** Listens to the console, and opens a stream on it as a browser would. */
async function open(console: TestConsole, headers: Record<string, string>): Promise<Stream> {
  const address = console.app.server.address() as AddressInfo | null;
  if (!address) await console.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = console.app.server.address() as AddressInfo;
  const aborting = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/live`, { headers, signal: aborting.signal });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  let text = "";
  let hasEnded = false;
  void (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body!) text += decoder.decode(chunk as Uint8Array, { stream: true });
    } catch {
      // Closed from this side.
    }
    hasEnded = true;
  })();
  const close = (): void => aborting.abort();
  onTestFinished(close);
  return {
    get events() {
      return [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, event, data]) => ({
        event: event!,
        data: JSON.parse(data!) as Record<string, unknown>,
      }));
    },
    get text() {
      return text;
    },
    get hasEnded() {
      return hasEnded;
    },
    close,
  };
}

const mio = { authorization: `Bearer ${tokenOf("mio")}` };

test("figures come again and again, and Redis is asked once for all who look", async () => {
  const console = await startConsole();
  const first = await open(console, mio);
  const others = await Promise.all(Array.from({ length: 9 }, () => open(console, mio)));
  const streams = [first, ...others];
  const { redis } = console.context;
  await until(() => streams.every(({ events }) => events.length >= 5));
  const times = first.events.map(({ data }) => Number(data["at"]));
  // Two pauses of 50 ms lie between two looks of one loop; loops of ten clients would look at the same time.
  for (const [index, at] of times.slice(1).entries()) expect(at - times[index]!).toBeGreaterThan(80);
  expect(first.events[0]).toMatchObject({ event: "overview", data: { workers: { live: 0 }, runs: 0 } });
  for (const stream of streams) stream.close();
  await until(async () => {
    const one = await commands(console);
    // Nobody looks any more: only this test asks.
    await redis.ping();
    await redis.ping();
    return (await commands(console)) - one <= 3;
  });
});

function beatsIn({ text }: Stream): number {
  return text.split(": still here").length - 1;
}

async function commands({ context }: TestConsole): Promise<number> {
  const text = await context.redis.info("stats");
  return Number(/total_commands_processed:(\d+)/.exec(text)?.[1]);
}

test("while Redis is away it says so once, requests are refused at once, and all comes back by itself", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const console = await startConsole({ redisUrl: server.url });
  const { cookie } = await signIn(console, "mio");
  const stream = await open(console, mio);
  await until(() => stream.events.length > 0);
  await server.kill();
  await until(() => stream.events.some(({ event }) => event === "trouble"));
  const told = stream.events.at(-1);
  expect(told).toMatchObject({ event: "trouble", data: { code: "REDIS_AWAY", message: expect.any(String) } });
  const late = await open(console, mio);
  await until(() => late.events.length > 0);
  expect(late.events[0]).toEqual(told);

  for (const { method, url, access } of console.routes) {
    if (access === "public" || url === "/api/live") continue;
    const answer = await console.ask("mio", {
      method,
      url: url.replaceAll(/:\w+/g, "nonsense"),
      ...(method === "POST" ? { payload: {} } : {}),
    });
    expect([answer.statusCode, answer.json()], url).toEqual([
      503,
      expect.objectContaining({ code: "REDIS_AWAY" }),
    ]);
  }
  expect((await console.ask("anonymous", { url: "/ready" })).statusCode).toBe(503);
  expect((await console.ask("anonymous", { url: "/health" })).statusCode).toBe(200);
  for (const url of ["/api/live", "/api/session"]) {
    const answer = await console.ask("anonymous", { url, headers: { cookie } });
    expect([answer.statusCode, answer.json()], url).toEqual([
      503,
      expect.objectContaining({ code: "REDIS_AWAY" }),
    ]);
  }
  // A beat comes every 15 looks.
  const beats = beatsIn(stream);
  await until(() => beatsIn(stream) >= beats + 2);
  expect(stream.events.filter(({ event }) => event === "trouble")).toHaveLength(1);

  await server.restart();
  await until(() => stream.events.at(-1)?.event === "overview");
  await until(async () => (await console.ask("mio", { url: "/api/overview" })).statusCode === 200);
  expect(console.log).toEqual([]);
});

test("a Redis that is frozen is trouble too", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const console = await startConsole({ redisUrl: server.url });
  const stream = await open(console, mio);
  await until(() => stream.events.length > 0);
  await server.freeze();
  await until(() => stream.events.at(-1)?.event === "trouble", { timeout: 60_000 });
  await server.thaw();
  await until(() => stream.events.at(-1)?.event === "overview", { timeout: 60_000 });
});

test("a stream ends with its session: at once where it is signed out, and soon where its token is gone", async () => {
  const console = await startConsole();
  const one = await signIn(console, "mio");
  const other = await signIn(console, "ren");
  const mine = await open(console, { cookie: one.cookie });
  const others = await open(console, { cookie: other.cookie });
  await console.ask("anonymous", {
    method: "DELETE",
    url: "/api/session",
    headers: { cookie: one.cookie, "x-misskeep-csrf": one.csrf },
  });
  await until(() => mine.hasEnded);
  expect(others.hasEnded).toBe(false);
  const { redis } = console.context;
  await redis.del(...(await redis.keys("*session*")));
  await until(() => others.hasEnded);
});

test("who reads nothing costs nothing, and holds up nobody", async () => {
  const console = await startConsole();
  const stream = await open(console, mio);
  const { port } = console.app.server.address() as AddressInfo;
  const deaf: Socket = connect(port, "127.0.0.1");
  onTestFinished(() => void deaf.destroy());
  deaf.pause();
  deaf.write(`GET /api/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${mio.authorization}\r\n\r\n`);
  await until(async () => (await viewers(console)) === 2);
  const seen = stream.events.length;
  await until(() => stream.events.length > seen + 5);
  deaf.destroy();
  await until(async () => (await viewers(console)) === 1);
});

async function viewers({ registry }: TestConsole): Promise<number> {
  return Number(/^misskeep_console_viewers (\d+)/m.exec(await registry.metrics())?.[1]);
}
