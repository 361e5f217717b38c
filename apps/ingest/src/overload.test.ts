/** What strangers and too many friends cost. */
import { inboxState } from "@misskeep/inbox";
import { deliver, freshRedisUrl, ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { chunk, openSocket, rawPost } from "./test-support/raw-socket.ts";
import { delivery, startIngest } from "./test-support/start-ingest.ts";
import { SECRETS, startMain } from "./test-support/start-main.ts";

const overloaded = { status: 503, body: { code: "OVERLOADED" } };

test("answers 503 before a body is read for which there is no memory, and takes it when there is again", async () => {
  const { port, url } = await startIngest({ maxBodyBytes: 60_000, roomBytes: 100_000 });
  const first = await openSocket(port);
  first.send(rawPost(["Expect: 100-continue", "Content-Length: 60000"]));
  await first.until(/100 Continue/);
  const second = await openSocket(port);
  second.send(rawPost(["Content-Length: 60000"]));
  expect(await second.until(/\r\n\r\n[^]*\}/)).toMatch(/^HTTP\/1\.1 503 [^]*OVERLOADED/);
  // One in chunks may grow to the limit.
  const third = await openSocket(port);
  third.send(rawPost(["Transfer-Encoding: chunked"]));
  expect(await third.until(/\r\n\r\n[^]*\}/)).toContain("OVERLOADED");
  expect((await deliver(url, delivery("{}"))).status).toBe(202);

  first.reset();
  await until(async () => (await deliver(url, delivery("y".repeat(50_000)))).status < 300);
  // And each that was answered has given its memory back.
  for (let i = 0; i < 5; i++)
    expect((await deliver(url, delivery("x".repeat(50_000)))).status).toBeLessThan(300);
});

const small = rawPost(["Content-Length: 2"], "{}");
const large = delivery("y".repeat(59_000));

/** An ingest with room for a large delivery and one more, whose Redis is frozen: what comes waits until the spool has it. */
async function startWaiting() {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const started = await startIngest({ redisUrl: server.url, maxBodyBytes: 60_000, roomBytes: 110_000 });
  await server.freeze();
  return { ...started, server };
}

test.each([
  ["whole ones", small.repeat(4)],
  ["one that is not whole", rawPost(["Content-Length: 40000"], "{")],
])("has the memory again of %s behind one that waits when their connection ends", async (_what, behind) => {
  const { port, url, server } = await startWaiting();
  const socket = await openSocket(port);
  socket.send(small + behind);
  await until(async () => {
    const probe = await openSocket(port);
    probe.send(rawPost(["Expect: 100-continue", "Content-Length: 60000"]));
    const answer = await probe.until(/100 Continue|OVERLOADED/);
    probe.reset();
    return answer.includes("OVERLOADED");
  });
  socket.reset();
  await server.thaw();
  await until(async () => (await deliver(url, large)).status < 300);
});

test("has the memory again of one too large behind one that waits when their connection ends", async () => {
  const { port, url, server, registry } = await startWaiting();
  const socket = await openSocket(port);
  socket.send(small + rawPost(["Transfer-Encoding: chunked"], chunk("x".repeat(60_001)) + chunk("")));
  await until(async () => /reason="too-large"\S* 1$/m.test(await registry.metrics()));
  socket.reset();
  await server.thaw();
  await until(async () => (await deliver(url, large)).status < 300);
});

test("of many large deliveries at once, those with memory are kept and the others told to come again", async () => {
  const { url, redis } = await startIngest({ maxBodyBytes: 200_000, roomBytes: 500_000 });
  const bodies = Array.from({ length: 30 }, (_, n) => `${n}${"x".repeat(100_000)}`);
  const answers = await Promise.all(bodies.map((body) => deliver(url, delivery(body))));
  const kept = answers.filter(({ status }) => status === 202);
  for (const answer of answers.filter(({ status }) => status !== 202))
    expect(answer).toMatchObject(overloaded);
  expect(kept.length).toBeGreaterThan(0);
  expect((await inboxState(redis)).entries).toBe(kept.length);
  for (const body of bodies) expect((await deliver(url, delivery(body))).status).toBeLessThan(300);
});

test.each([
  ["a long body", "Content-Length: 2000000"],
  ["a body in chunks", "Transfer-Encoding: chunked"],
])("ends the connection of a stranger who announces %s, unread", async (_what, header) => {
  const { port } = await startIngest();
  for (const path of ["/misskey", "/elsewhere"]) {
    const socket = await openSocket(port);
    socket.send(rawPost([header], "", path).replace("right", "wrong"));
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 40[14] [^]*connection: close/i);
  }
});

test("keeps the connection of a stranger who sends little", async () => {
  const { port } = await startIngest();
  const socket = await openSocket(port);
  const wrong = rawPost(["Content-Length: 2"], "{}").replace("right", "wrong");
  socket.send(wrong + wrong);
  await socket.until(/401[^]*401/);
  socket.send(rawPost(["Content-Length: 2"], "{}"));
  expect(await socket.until(/"accepted"/)).toContain("202 Accepted");
});

test("a flood without a valid secret costs a fraction of deliveries and no memory, and disturbs none", async () => {
  const app = startMain({ REDIS_URL: await freshRedisUrl() });
  const { port, metricsPort } = await app.waitFor(({ msg }) => msg === "ready");
  const url = `http://127.0.0.1:${String(port)}/misskey`;
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
    return Number(new RegExp(`^${name}\\S* (\\S+)$`, "m").exec(text)?.[1]);
  };
  const body = (n: number) => JSON.stringify({ eventId: `e${n}`, text: "x".repeat(20_000) });
  const many = async (count: number, send: (n: number) => Promise<unknown>): Promise<number> => {
    const before = await metric("process_cpu_seconds_total");
    let next = 0;
    const sender = async (): Promise<void> => {
      while (next < count) await send((next += 1));
    };
    await Promise.all(Array.from({ length: 32 }, sender));
    return (await metric("process_cpu_seconds_total")) - before;
  };
  const right = (n: number) => deliver(url, delivery(body(n)), { secret: SECRETS.right });
  const wrong = (n: number) => deliver(url, delivery(body(n)), { secret: SECRETS.wrong });
  await many(300, right);
  const deliveries = await many(2_000, (n) => right(n + 1_000));
  const flood = await many(2_000, wrong);
  // About a fifth, most of it the kernel's and HTTP's.
  expect(flood).toBeLessThan(deliveries / 2);

  // 180 MB of headers, each like no other.
  const before = await metric("process_resident_memory_bytes");
  await many(15_000, (n) => {
    const own = (what: string): string => `${n}-${what.repeat(4_000)}`;
    const headers = { "x-misskey-hook-id": own("h"), "x-misskey-host": own("o") };
    return deliver(url, delivery("{}"), { secret: own("s"), headers });
  });
  const grown = (await metric("process_resident_memory_bytes")) - before;
  expect(grown).toBeLessThan(90 * 1024 ** 2);

  const statuses = new Set<number>();
  let isOver = false;
  const flooding = Promise.all(
    Array.from({ length: 32 }, async () => {
      while (!isOver) await wrong(0);
    }),
  );
  for (let n = 0; n < 100; n++) statuses.add((await right(n + 10_000)).status);
  isOver = true;
  await flooding;
  expect(statuses).toEqual(new Set([202]));
}, 120_000);
