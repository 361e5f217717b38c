import { listEntries, listRefusals } from "@misskeep/inbox";
import { deliver, until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { chunk, openSocket, rawPost, statusesIn } from "./test-support/raw-socket.ts";
import { delivery, startIngest, type TestIngest } from "./test-support/start-ingest.ts";
import { wireCases } from "./test-support/wire-cases.ts";

const SOON = { headersTimeout: 300, requestTimeout: 600, checkingInterval: 50 };
async function exchange({ port }: TestIngest, sent: string): Promise<string> {
  const socket = await openSocket(port);
  socket.send(Buffer.from(sent, "latin1"));
  return Promise.race([
    socket.ended(),
    // An answered connection stays open; another request, without secret, marks the end of the answers.
    socket.until(/\}\n(HTTP[^]*\}\n)?$/).then(async () => {
      if (socket.isOpen()) socket.send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      return socket.ended();
    }),
  ]);
}

const withoutMark = (received: string): string =>
  received.replace(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n\{"status":"ok"\}\n$/, "");

describe("with a valid secret over a raw socket", () => {
  test.each(wireCases)("answers %s as promised", async (_what, sent, statuses) => {
    const app = await startIngest({ maxBodyBytes: 2_000, limits: SOON });
    const received = await exchange(app, sent);
    expect(statusesIn(withoutMark(received))).toEqual(statuses);
    if (statuses.length === 0) expect(received).toBe("");
  });

  test("every status that is reachable is 200, 202, 413 or 503", async () => {
    const app = await startIngest({ maxBodyBytes: 2_000, limits: SOON, spoolMaxBytes: 1 });
    const received = await Promise.all(wireCases.map(([, sent]) => exchange(app, sent)));
    app.redis.disconnect();
    received.push(await exchange(app, rawPost(["Content-Length: 2"], "{}")));
    const seen = new Set(received.map(withoutMark).flatMap(statusesIn));
    expect(seen).toEqual(new Set([200, 202, 413, 503]));
  });
});

test("ends a client that sends a byte now and then, without a word, and goes on serving others", async () => {
  const app = await startIngest({ limits: SOON });
  const socket = await openSocket(app.port);
  socket.send(rawPost(["Content-Length: 1000"]));
  const trickle = setInterval(() => socket.send("x"), 20);
  const received = await socket.ended();
  clearInterval(trickle);
  expect(received).toBe("");
  expect((await deliver(app.url, delivery())).status).toBe(202);
  expect(await listEntries(app.redis, { limit: 9 })).toHaveLength(1);
});

test("ends a connection that idles between two requests", async () => {
  const app = await startIngest({ limits: { ...SOON, keepAliveTimeout: 200 } });
  const socket = await openSocket(app.port);
  socket.send(rawPost(["Content-Length: 2"], "{}"));
  expect(await socket.ended()).toMatch(/^HTTP\/1\.1 202 [^]*"accepted"[^\n]*\n$/);
});

test("ends who connects and says nothing", async () => {
  const app = await startIngest({ limits: SOON });
  expect(await (await openSocket(app.port)).ended()).toBe("");
});

test.each(["ends", "resets"] as const)(
  "keeps nothing of a delivery whose sender %s it half-way",
  async (how) => {
    const app = await startIngest();
    const socket = await openSocket(app.port);
    socket.send(rawPost(["Expect: 100-continue", "Content-Length: 1000"], "{"));
    await socket.until(/100 Continue/);
    if (how === "ends") socket.end();
    else socket.reset();
    await until(async () => /misskeep_broken_requests_total 1/.test(await app.registry.metrics()));
    expect(await app.redis.exists("misskeep:{0}:inbox")).toBe(0);
  },
);

test("says that it goes on with a body that was announced, once the secret is right", async () => {
  const { port } = await startIngest();
  const right = await openSocket(port);
  right.send(rawPost(["Expect: 100-continue", "Content-Length: 2"]));
  await right.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  right.send("{}");
  await right.until(/accepted/);

  const wrong = await openSocket(port);
  wrong.send(rawPost(["Expect: 100-continue", "Content-Length: 2"]).replace("right", "wrong"));
  expect(await wrong.until(/\n$/)).toMatch(/^HTTP\/1\.1 401 /);
});

test("answers 413 to a body over the limit before it is sent, and counts it among the refusals", async () => {
  const app = await startIngest({ maxBodyBytes: 10 });
  const socket = await openSocket(app.port);
  socket.send(rawPost(["Expect: 100-continue", "Content-Length: 11"]));
  expect(await socket.until(/BODY_TOO_LARGE/)).toMatch(/^HTTP\/1\.1 413 /);
  const refusals = await until(async () => {
    const found = await listRefusals(app.redis);
    return found.last.length > 0 ? found : undefined;
  });
  expect(refusals.counts).toEqual({ "too-large": 1 });
  expect((await deliver(app.url, delivery("x".repeat(10)))).status).toBe(202);
});

test("the answer to a large body in chunks is not lost to a reset", async () => {
  const app = await startIngest({ maxBodyBytes: 1_000 });
  const socket = await openSocket(app.port);
  socket.send(rawPost(["Transfer-Encoding: chunked"], chunk("x".repeat(1_001))));
  await socket.until(/BODY_TOO_LARGE/);
  for (let i = 0; i < 50; i++) socket.send(chunk("x".repeat(60_000)));
  socket.send("0\r\n\r\n");
  socket.send(rawPost(["Content-Length: 2"], "{}"));
  expect(await socket.until(/accepted/)).toMatch(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 202 /);
});
