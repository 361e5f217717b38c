import { keys } from "@misskeep/redis";
import { deliver, freshRedisUrl, ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { delivery } from "./test-support/start-ingest.ts";
import { connect, everythingIn, SECRETS, startMain } from "./test-support/start-main.ts";
import { openSocket, rawPost } from "./test-support/raw-socket.ts";

const PRIVATE = "for-your-eyes-only";

// Each test starts a process that compiles its sources.
vi.setConfig({ testTimeout: 120_000 });

test("shows no secret, no wrong one either, and no body: in logs, Redis, answers or metrics", async () => {
  const redisUrl = await freshRedisUrl();
  const redis = await connect(redisUrl);
  const app = startMain({ REDIS_URL: redisUrl, LOG_LEVEL: "trace" });
  const { port, metricsPort } = await app.waitFor(({ msg }) => msg === "ready");
  const url = `http://127.0.0.1:${String(port)}/misskey`;
  const answers: unknown[] = [];
  const send = async (secret: string, body: string, more: object = {}): Promise<void> =>
    void answers.push(await deliver(url, delivery(body), { secret, ...more }));
  const body = JSON.stringify({ eventId: "e1", body: { note: { text: PRIVATE } } });

  await send(SECRETS.right, body);
  await send(SECRETS.old, body);
  await send(SECRETS.wrong, body, { headers: { "x-misskey-hook-id": "stranger" } });
  await send(SECRETS.wrong, body, { headers: { "x-firefish-hook-secret": SECRETS.old } });
  await send(SECRETS.right, `{${PRIVATE}`);
  await send(SECRETS.right, body, { method: "GET" });
  const socket = await openSocket(Number(port));
  socket.send(`${rawPost(["Content-Length: 9"], PRIVATE).replace("right", SECRETS.right)}\r\n\0`);
  answers.push(await socket.ended());
  // Errors of ioredis carry the arguments of their command, and so the body.
  await app.waitFor(({ msg }) => msg === "refused");
  await redis.rename(keys.inbox, "elsewhere");
  await redis.set(keys.inbox, "no stream");
  await send(SECRETS.right, `{"eventId":"e2","text":"${PRIVATE}"}`);
  await app.waitFor(({ level, code }) => level === "error" && code === "INTERNAL");

  expect(answers.map((answer) => (answer as { status?: number }).status)).toEqual([
    202,
    200,
    401,
    401,
    202,
    405,
    undefined,
    202,
  ]);
  const metrics = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  const ready = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/ready`)).text();
  await app.kill("SIGTERM");
  const shown = [app.output, JSON.stringify(answers), metrics, ready].join("\n");
  const stored = await everythingIn(redis);
  expect(stored).toContain(PRIVATE);
  for (const secret of Object.values(SECRETS)) {
    expect(shown).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
  expect(shown).not.toContain(PRIVATE);
  // As JSON writes a Buffer.
  expect(shown).not.toContain([...Buffer.from(PRIVATE)].join(","));
  expect(shown).toContain("mods: 2 secrets of 14 and 18 characters");
  expect(metrics).toContain('misskeep_spooled_total{reason="INTERNAL",app="ingest"} 1');
});

test("writes one line for each event that it keeps", async () => {
  const app = startMain({ REDIS_URL: await freshRedisUrl() });
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  const answer = await deliver(`http://127.0.0.1:${String(port)}/misskey`, delivery("{}"), {
    secret: SECRETS.old,
  });
  const { id } = answer.body as { id: string };
  const line = await app.waitFor(({ eventId }) => eventId === id);
  expect(line).toMatchObject({
    level: "info",
    hook: "mods",
    status: "accepted",
    bytes: 2,
    ms: expect.any(Number),
  });
});

test("starts no server that would keep less than is demanded, and says why", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  await (await connect(server.url)).config("SET", "appendfsync", "everysec");
  const refused = startMain({ REDIS_URL: server.url });
  expect(await refused.exit).toEqual({ code: 1, signal: null });
  expect(refused.output).toMatch(
    /Redis promises \\"second\\", and DURABILITY demands \\"disk\\"[^]*appendfsync always/,
  );
  const content = startMain({ REDIS_URL: server.url, DURABILITY: "second" });
  expect(await content.waitFor(({ msg }) => msg === "ready")).toMatchObject({ durability: "second" });
});

test("ends with a clear message where no Redis is", async () => {
  const app = startMain({ REDIS_URL: "redis://:hidden-password@127.0.0.1:1" });
  expect(await app.exit).toEqual({ code: 1, signal: null });
  expect(app.output).toMatch(/Redis did not answer within 10 s/);
  expect(app.output).not.toContain("hidden-password");
});

test.each([
  ["no secret at all", { MISSKEY_HOOK_SECRETS: "" }],
  ["an empty secret", { MISSKEY_HOOK_SECRETS: "mods=fine-enough-secret,,other=x" }],
  ["a broken size", { MAX_BODY_BYTES: "much" }],
])("does not start with %s", async (_what, env) => {
  const app = startMain({ REDIS_URL: "redis://127.0.0.1:1", ...env });
  expect(await app.exit).toEqual({ code: 78, signal: null });
  expect(app.output).toContain(Object.keys(env)[0]);
});

test("stops on SIGTERM after it has answered what is under way", async () => {
  const app = startMain({ REDIS_URL: await freshRedisUrl() });
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  const socket = await openSocket(Number(port));
  socket.send(rawPost(["Expect: 100-continue", "Content-Length: 2"]).replace("right", SECRETS.right));
  await socket.until(/100 Continue/);
  void app.kill("SIGTERM");
  await app.waitFor("Stopping");
  socket.send("{}");
  expect(await socket.ended()).toContain('"status":"accepted"');
  expect(await app.exit).toEqual({ code: 0, signal: null });
});
