import { listEntries, listRefusals } from "@misskeep/inbox";
import { deliver, until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { openSocket, rawPost, statusesIn } from "./test-support/raw-socket.ts";
import { delivery, startIngest, type TestIngest } from "./test-support/start-ingest.ts";

const SOON = { headersTimeout: 300, requestTimeout: 600, checkingInterval: 50 };
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** What a client with a valid secret may send, and the statuses that it gets; none: the connection just ends. */
const cases: readonly [what: string, sent: string, statuses: readonly number[]][] = [
  ["a plain delivery", rawPost(["Content-Length: 2"], "{}"), [202]],
  ["the same twice on one connection", rawPost(["Content-Length: 2"], "{}").repeat(2), [202, 200]],
  ["a delivery in chunks", rawPost(["Transfer-Encoding: chunked"], `${chunk("{}")}0\r\n\r\n`), [202]],
  ["no body and no length", rawPost([]), [202]],
  ["a body over the limit", rawPost(["Content-Length: 2001"], "x".repeat(2001)), [413]],
  ["an announced body over the limit", rawPost(["Content-Length: 9999999999999"]), [413]],
  [
    "chunks over the limit",
    rawPost(["Transfer-Encoding: chunked"], `${chunk("x".repeat(2001))}0\r\n\r\n`),
    [413],
  ],
  ["two content types", rawPost(["Content-Type: a", "Content-Type: b", "Content-Length: 2"], "{}"), [202]],
  ["Expect: 100-continue", rawPost(["Expect: 100-continue", "Content-Length: 2"], "{}"), [202]],
  ["another Expect", rawPost(["Expect: miracles", "Content-Length: 2"], "{}"), [202]],
  [
    "a wish to upgrade",
    rawPost(["Connection: Upgrade", "Upgrade: websocket", "Content-Length: 2"], "{}"),
    [202],
  ],
  ["no Host", rawPost(["Content-Length: 2"], "{}").replace("Host: a\r\n", ""), [202]],
  ["HTTP/1.0", rawPost(["Content-Length: 2"], "{}").replace("HTTP/1.1", "HTTP/1.0"), [202]],
  ["a whole URL as its target", rawPost(["Content-Length: 2"], "{}", "http://a/misskey"), [202]],
  ["a bad escape in the query", rawPost(["Content-Length: 2"], "{}", "/misskey?%zz%"), [202]],
  ["an odd accept-version", rawPost(["Accept-Version: 9.x", "Content-Length: 2"], "{}"), [202]],
  [
    "too many headers",
    rawPost([...Array<string>(900).fill("X-Much: 123456789012345"), "Content-Length: 2"], "{}"),
    [],
  ],
  ["a header of 20 KB", rawPost([`X-Long: ${"x".repeat(20_000)}`]), []],
  ["a query of 20 KB", rawPost([], "", `/misskey?${"x".repeat(20_000)}`), []],
  ["a header line without a colon", rawPost(["nonsense"]), []],
  ["a NUL in a header", rawPost(["X-Nul: a\0b"]), []],
  ["a negative length", rawPost(["Content-Length: -1"]), []],
  ["two lengths", rawPost(["Content-Length: 2", "Content-Length: 3"], "{}x"), []],
  ["a length and chunks", rawPost(["Content-Length: 2", "Transfer-Encoding: chunked"], "0\r\n\r\n"), []],
  ["an unknown transfer coding", rawPost(["Transfer-Encoding: gzip"], "x"), []],
  ["a broken chunk", rawPost(["Transfer-Encoding: chunked"], "zz\r\n{}"), []],
  [
    "an endless chunk extension",
    rawPost(["Transfer-Encoding: chunked"], `2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
    [],
  ],
  ["an unknown protocol version", rawPost([]).replace("HTTP/1.1", "HTTP/9.9"), []],
  ["an unknown method", rawPost([]).replace("POST", "PSOT"), []],
  ["the start of TLS", "\x16\x03\x01\x02\x00\x01", []],
  ["headers that stop half-way", "POST /misskey HTTP/1.1\r\nX-Misskey-Hook-Secret: right\r\nConte", []],
  ["a body that stops half-way", rawPost(["Content-Length: 1000"], "{"), []],
  ["chunks that stop half-way", rawPost(["Transfer-Encoding: chunked"], chunk("{")), []],
];

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

describe("with a valid secret over a raw socket", () => {
  test.each(cases)("answers %s as promised", async (_what, sent, statuses) => {
    const app = await startIngest({ maxBodyBytes: 2_000, limits: SOON });
    const received = await exchange(app, sent);
    const answered = received.replace(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n\{"status":"ok"\}\n$/, "");
    expect(statusesIn(answered)).toEqual(statuses);
    if (statuses.length === 0) expect(received).toBe("");
  });

  test("every status that is reachable is 200, 202, 413 or 503", async () => {
    const seen = new Set(cases.flatMap(([, , statuses]) => statuses));
    const app = await startIngest();
    app.redis.disconnect();
    seen.add((await deliver(app.url, delivery())).status);
    expect([...seen].toSorted()).toEqual([200, 202, 413, 503]);
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
  socket.send(rawPost(["Content-Length: 11"]));
  expect(await socket.until(/BODY_TOO_LARGE/)).toMatch(/^HTTP\/1\.1 413 /);
  const refusals = await until(async () => {
    const found = await listRefusals(app.redis);
    return found.last.length > 0 && found;
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
  await socket.until(/accepted/);
});
