/** A Redis with TLS of its own authority, passwords, and a user with no more rights than docs/operating.md gives. */
import { captures, deliver, runCli, startApp } from "@misskeep/testkit";
import { keys, connectRedis, waitUntilReady } from "@misskeep/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type ConsoleApi, startConsole, TOKENS } from "./support/console.ts";
import { temporaryFolder } from "./support/misskeep.ts";
import { type SecuredRedis, startSecuredRedis } from "./support/secured-redis.ts";
import { type Ingest, idOf, makeWorld, SECRET, until, withOwnEventId, type World } from "./support/world.ts";

let secured: SecuredRedis | undefined;
let redis: SecuredRedis;
let databases = 0;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  secured = await startSecuredRedis((clean) => void ends.unshift(clean));
});

afterAll(async () => {
  for (const end of ends) await end();
});

beforeEach(async ({ skip }) => {
  if (secured === undefined) return skip("no Redis with TLS can be had here");
  redis = secured;
  // Whatever the test before took away or changed.
  await redis.admin.acl("SETUSER", "misskeep", "reset", "on", `>${redis.password}`, ...redis.rules);
  await redis.admin.acl("LOG", "RESET");
});

interface Secured {
  readonly world: World;
  /** For every app and the command line. */
  readonly env: Readonly<Record<string, string>>;
}

/** A world of its own, whose apps know only the secured address. */
async function makeSecured(): Promise<Secured> {
  databases = (databases % 15) + 1;
  await redis.admin.select(databases);
  await redis.admin.flushdb();
  const env = { ...redis.env, REDIS_URL: `${redis.url}/${databases}` };
  return { env, world: await makeWorld(`${redis.adminUrl}/${databases}`, onTestFinished, env) };
}

/** What Redis turned away from the user. */
async function denied(): Promise<string[]> {
  const log = await redis.admin.acl("LOG");
  return (log as unknown[]).map((entry) => JSON.stringify(entry));
}

/** Every answer of the console that has no other parameter than an event's id or a processor. */
async function readAll(console: ConsoleApi, id: string): Promise<string> {
  const texts: string[] = [];
  for (const { method, path } of console.routes) {
    if (method !== "GET" || path === "/api/live" || /\{(?!processor|id)/.test(path)) continue;
    const span = path.endsWith("/series") ? "?span=hour" : "";
    const url = path.replace("{processor}", "effect").replaceAll(/\{\w+\}/g, id);
    const { status, text } = await console.get("mio", `${url}${span}`);
    expect([200, 404], `${path}: ${text}`).toContain(status);
    texts.push(text);
  }
  expect(texts.length).toBeGreaterThan(10);
  return texts.join("\n");
}

async function deliverAll(ingest: Ingest): Promise<string[]> {
  const ids: string[] = [];
  for (const each of captures()) {
    const answer = await deliver(ingest.url, each, { secret: SECRET, body: withOwnEventId(each.rawBody) });
    expect(answer.status, each.name).toBe(202);
    ids.push(idOf(answer));
  }
  return ids;
}

describe("the documented user", () => {
  test("may do all that Misskeep does, over TLS alone, and its password is shown nowhere", async () => {
    const { world, env } = await makeSecured();
    const ingest = await world.ingest();
    const [one, two] = [await world.worker(), await world.worker()];
    const console = await startConsole(env["REDIS_URL"] ?? "", onTestFinished, env);
    const shown: unknown[] = [];
    const cli = async (...args: string[]): Promise<Record<string, never>> => {
      const answer = await world.cli(...args);
      shown.push(answer);
      return answer as Record<string, never>;
    };

    // Each fails once.
    const failed = new Set<unknown>();
    world.receiver.answerWith(({ json }) => {
      const { id } = json as { id: string };
      const again = failed.has(id);
      failed.add(id);
      return { status: again ? 200 : 500 };
    });
    const ids = await deliverAll(ingest);
    await until(async () => (await world.ended("effect")).completed === ids.length, { timeout: 120_000 });
    expect((await ingest.deliver("mention-by-reply")).status).toBe(202);
    expect((await ingest.deliver("mention-by-reply")).status).toBe(200);
    await until(async () => (await world.ended("effect")).completed === ids.length + 1);
    await deliver(ingest.url, captures()[0]!, { secret: "wrong" });

    // Dead letters, by groups, by hand and by runs.
    world.receiver.answerWith(() => ({ status: 400 }));
    const dead: string[] = [];
    for (let n = 0; n < 6; n += 1) dead.push(idOf(await ingest.deliver("mention-by-reply", { fresh: true })));
    await until(async () => (await world.ended("effect")).failed === dead.length);
    const { groups } = (await cli("dead", "groups")) as unknown as { groups: { group: string }[] };
    const group = groups[0]!.group;
    await cli("dead", "list", "effect");
    await cli("dead", "show", "effect", dead[0]!, "--content", "--raw");
    await cli("dead", "mute", group, "--until", "1h");
    await cli("dead", "resolve", group);
    await cli("dead", "reopen", group);
    await cli("dead", "edit", "effect", dead[0]!);
    await cli("dead", "discard", "effect", dead[0]!, "--why", "not needed", "--yes");
    await cli("dead", "discarded");
    await cli("dead", "recover", "effect", dead[0]!, "--yes");
    await cli("dead", "rebuild-index", "effect");
    world.receiver.answerWith(() => ({ status: 200 }));
    await cli("dead", "replay", "effect", dead[0]!, "--yes");
    await cli("dead", "discard", "effect", "--all", "--why", "all of them", "--yes");
    await cli("dead", "recover", "effect", "--all", "--yes");
    const replayed = await cli("dead", "replay", "effect", "--all", "--yes");
    const { id: run } = replayed["run"] as unknown as { id: string };
    await cli("runs", "list");
    await cli("runs", "show", run);
    await cli("events", "backfill", "effect", "--since", "1h", "--yes");

    // What people look at and change.
    await cli("events", "list", "--person", "@alice");
    await cli("events", "show", ids[0]!, "--content", "--raw");
    await cli("processors", "show", "effect");
    await cli("processors", "pause", "effect", "--why", "lunch");
    await cli("processors", "resume", "effect");
    await cli("workers", "list");
    await cli("audit");
    await cli("status");
    expect(await cli("doctor")).toMatchObject({ healthy: true, durability: "disk" });
    expect(await cli("events", "erase", "--person", "@alice", "--yes")).toMatchObject({
      erased: { disk: "rewriting" },
    });
    shown.push(await readAll(console, ids[1]!));
    const session = await fetch(`${console.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: TOKENS.mio }),
    });
    expect(session.status).toBe(200);
    const live = await fetch(`${console.url}/api/live`, {
      headers: { authorization: `Bearer ${TOKENS.mio}` },
    });
    const reader = live.body!.getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).not.toBe("");
    await reader.cancel();

    const clients = ((await redis.admin.client("LIST")) as string).trim().split("\n");
    const ofApps = clients.filter((line) => line.includes(`laddr=127.0.0.1:${redis.port} `));
    expect(ofApps.length).toBeGreaterThan(4);
    for (const line of ofApps) expect(line).toContain(" user=misskeep ");
    for (const line of clients.filter((each) => !ofApps.includes(each)))
      expect(line).not.toMatch(/ name=misskeep| user=misskeep /);

    for (const app of [ingest.process, one, two, console.process]) {
      const { metricsPort } = app.lines.find(({ msg }) => msg === "ready") ?? {};
      for (const path of ["metrics", "ready"])
        shown.push(await (await fetch(`http://127.0.0.1:${String(metricsPort)}/${path}`)).text());
      await app.kill("SIGTERM");
      shown.push(app.output);
    }
    const text = shown.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");
    for (const secret of [
      redis.password,
      encodeURIComponent(redis.password),
      SECRET,
      ...Object.values(TOKENS),
    ])
      expect(text).not.toContain(secret);
    expect(text).not.toContain("NOPERM");
    expect(await denied()).toEqual([]);
  }, 400_000);

  test("may touch no other key, no other user and nothing of the server", async () => {
    const client = connectRedis({
      url: redis.adminUrl.replace(/\/\/:[^@]*@/, `//misskeep:${encodeURIComponent(redis.password)}@`),
      role: "command",
    });
    onTestFinished(() => client.disconnect());
    await waitUntilReady(client, 10_000);
    expect(await client.call("SET", keys.counts, "x")).toBe("OK");
    const forbidden = `GET other | SET other x | EVAL "return redis.call('GET','other')" 0 | SUBSCRIBE misskeep:a
      | PUBLISH a b | KEYS * | FLUSHALL | FLUSHDB | SWAPDB 0 1 | CONFIG SET appendonly no | CONFIG REWRITE
      | ACL WHOAMI | ACL SETUSER misskeep allkeys | CLIENT LIST | CLIENT KILL TYPE normal | MONITOR | DEBUG SLEEP 0
      | SHUTDOWN NOSAVE | REPLICAOF NO ONE | MODULE LIST | SAVE | BGSAVE | SLOWLOG GET | LATENCY RESET
      | FUNCTION FLUSH | SCRIPT FLUSH | SCRIPT KILL | SORT misskeep:a | MIGRATE h 1 k 0 1 | RESTORE misskeep:b 0 x`;
    for (const line of forbidden.split("|")) {
      const [, ...words] = /^\s*(\S+)/.exec(line) ? (line.match(/"[^"]*"|\S+/g) ?? []) : [];
      const [command = ""] = line.trim().split(" ");
      const args = words.map((word) => word.replace(/^"|"$/g, ""));
      const answer: unknown = await client.call(command, ...args).catch((error: unknown) => error);
      expect(String(answer), line.trim()).toMatch(
        /NOPERM|can't access at least one of the keys|No permissions|DEBUG command not all/,
      );
    }
  });
});

describe("where CONFIG is forbidden", () => {
  beforeEach(() => redis.admin.acl("SETUSER", "misskeep", "-config|get"));

  test("nothing starts that asks for durability, and says so", async () => {
    const { env } = await makeSecured();
    for (const app of ["ingest", "worker"] as const) {
      const started = await startApp(app, {
        env: { ...env, MISSKEY_HOOK_SECRETS: SECRET, PORT: "0", METRICS_PORT: "0" },
      });
      expect((await started.exit).code, app).toBe(1);
      expect(started.output).toContain("DURABILITY_TOO_LOW");
      expect(started.output).toMatch(
        /"unknown\\"[^]*forbids CONFIG[^]*Allow CONFIG GET, or set DURABILITY=none/,
      );
    }
  });

  test("DURABILITY=none passes, and the level is shown as unknown", async () => {
    const { world, env } = await makeSecured();
    const none = { DURABILITY: "none" };
    const ingest = await world.ingest(none);
    expect((await ingest.deliver("mention-by-reply")).body).toMatchObject({ id: expect.any(String) });
    const { metricsPort, durability } = await ingest.process.waitFor(({ msg }) => msg === "ready");
    expect(durability).toBe("unknown");
    const at = `http://127.0.0.1:${String(metricsPort)}`;
    expect(await (await fetch(`${at}/ready`)).json()).toMatchObject({ durability: "unknown" });
    expect(await (await fetch(`${at}/metrics`)).text()).toMatch(
      /misskeep_durability\{level="unknown"[^}]*\} 1/,
    );
    const asked = await runCli(["doctor", "--json"], { env });
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.stdout)).toMatchObject({ healthy: false, durability: "unknown" });
    expect(asked.stdout).toContain("Allow CONFIG GET");
    const content = await runCli(["doctor", "--json"], { env: { ...env, ...none } });
    expect(JSON.parse(content.stdout)).toMatchObject({ healthy: true, durability: "unknown" });
  });
});

describe("at a start", () => {
  const wrong = encodeURIComponent("a-wrong/pass:word@here");
  const withPassword = (password: string): string => redis.url.replace(/:[^:@]*@/, `:${password}@`);
  const CA = /NODE_EXTRA_CA_CERTS/;
  beforeEach(() => redis.certify(["localhost", "127.0.0.1"]));
  const cases = [
    ["a wrong password", "REDIS_LOGIN_REFUSED", /Check both/, () => ({ REDIS_URL: withPassword(wrong) })],
    [
      "no password",
      "REDIS_LOGIN_REFUSED",
      /Check both/,
      () => ({ REDIS_URL: redis.url.replace(/\/\/[^@]*@/, "//") }),
    ],
    ["an authority that is not trusted", "REDIS_TLS_FAILED", CA, () => ({ NODE_EXTRA_CA_CERTS: "" })],
    ["a certificate of another host", "REDIS_TLS_FAILED", CA, () => redis.certify(["elsewhere.test"])],
    [
      "TLS, which the server does not speak,",
      "REDIS_UNREACHABLE",
      /rediss:\/\/ is for TLS|cannot be reached/,
      () => ({ REDIS_URL: redis.adminUrl.replace("redis:", "rediss:") }),
    ],
    [
      "no TLS, which the server wants,",
      "REDIS_UNREACHABLE",
      /rediss:\/\/ is for TLS|cannot be reached/,
      () => ({ REDIS_URL: redis.url.replace("rediss:", "redis:") }),
    ],
  ] as const;

  test.each(cases)(
    "%s ends the apps with %s, and shows no password",
    async (_what, code, remedy, settings) => {
      const env = {
        MISSKEY_HOOK_SECRETS: SECRET,
        PORT: "0",
        CONSOLE_PORT: "0",
        METRICS_PORT: "0",
        REDIS_URL: redis.url,
        ...redis.env,
        ...(await settings()),
      };
      const start = async (app: "ingest" | "worker" | "console"): Promise<string> => {
        const started = await startApp(app, { env });
        onTestFinished(async () => void (await started.kill("SIGKILL")));
        expect((await started.exit).code, started.output).toBe(1);
        return started.output;
      };
      // The others wait longer for a Redis that may come.
      const apps =
        code === "REDIS_UNREACHABLE" ? ["ingest" as const] : (["ingest", "worker", "console"] as const);
      const outputs = await Promise.all(apps.map(start));
      outputs.push((await runCli(["status", "--json"], { env })).output);
      for (const output of outputs) {
        expect(output).toContain(code);
        expect(output).toMatch(remedy);
        for (const secret of [
          redis.password,
          wrong,
          decodeURIComponent(wrong),
          SECRET,
          "the-tests-own-password",
        ])
          for (const form of [secret, encodeURIComponent(secret)]) expect(output).not.toContain(form);
      }
    },
  );
});

describe("a password that is changed while ingest runs", () => {
  const change = async (...rules: string[]): Promise<void> => {
    await redis.admin.acl("SETUSER", "misskeep", ...rules);
    await redis.admin.client("KILL", "USER", "misskeep");
  };

  test("sends events to the spool, also after a restart, and they come out once it fits again", async () => {
    const { world } = await makeSecured();
    const dataDir = { MISSKEEP_DATA_DIR: await temporaryFolder() };
    const ingest = await world.ingest(dataDir);
    await change("resetpass", ">another");
    await ingest.process.waitFor("they go to the spool");
    expect(await ingest.deliver("mention-by-reply", { fresh: true })).toMatchObject({
      status: 202,
      body: { id: null },
    });
    await ingest.process.waitFor(
      ({ msg, err }) => msg === "Redis cannot be reached" && /WRONGPASS/.test(JSON.stringify(err)),
    );
    await ingest.process.kill("SIGTERM");

    const again = await world.ingest(dataDir);
    expect(await again.deliver("mention-by-reply", { fresh: true })).toMatchObject({
      status: 202,
      body: { id: null },
    });
    expect(again.process.output).toContain("REDIS_LOGIN_REFUSED");
    await change("resetpass", `>${redis.password}`);
    await until(async () => (await world.redis.xlen(keys.inbox)) === 2, { timeout: 60_000 });
    expect(ingest.process.output + again.process.output).not.toContain(redis.password);
  });
});

test("sentinels are asked over TLS, and so is the server that they name", async () => {
  const { world, env } = await makeSecured();
  const port = await redis.startSentinel();
  const sentinel = { REDIS_SENTINELS: `localhost:${port}`, REDIS_SENTINEL_MASTER: "events" };
  const ingest = await world.ingest(sentinel);
  expect((await ingest.deliver("mention-by-reply")).body).toMatchObject({ id: expect.any(String) });
  expect((await runCli(["status", "--json"], { env: { ...env, ...sentinel } })).code).toBe(0);
  const untrusting = { ...env, ...sentinel, NODE_EXTRA_CA_CERTS: "" };
  expect((await runCli(["status", "--json"], { env: untrusting })).output).toContain(
    // All that ioredis tells of a sentinel is that its connection was closed.
    "REDIS_UNREACHABLE",
  );
});
