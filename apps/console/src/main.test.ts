import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import {
  freshRedisUrl,
  ownRedis,
  repositoryRoot,
  type RunningProcess,
  startProcess,
  until,
} from "@misskeep/testkit";
import { expect, onTestFinished, test, vi } from "vitest";

// Each test starts a process that compiles its sources.
vi.setConfig({ testTimeout: 120_000 });

const TOKEN = "mios-token-for-everything";
const LOOKER = "rens-token-to-look-around";

function start(env: Readonly<Record<string, string>>): RunningProcess {
  const args = ["--conditions=misskeep-source", "--import", "tsx", "apps/console/src/main.ts"];
  const app = startProcess(process.execPath, args, {
    cwd: repositoryRoot,
    env: {
      CONSOLE_PORT: "0",
      METRICS_PORT: "0",
      MISSKEEP_ENV_FILE: "/nowhere/.env",
      ...env,
    },
  });
  onTestFinished(async () => void (await app.kill("SIGKILL")));
  return app;
}

test("starts, answers, shows its metrics, logs no token and no question, and ends open pages when it stops", async () => {
  const app = start({
    REDIS_URL: await freshRedisUrl(),
    CONSOLE_TOKENS: `mio:${TOKEN},ren:${LOOKER}:readonly`,
    LOG_LEVEL: "trace",
  });
  const { port, metricsPort, people } = await app.waitFor(({ msg }) => msg === "ready");
  expect(people).toEqual(["mio", "ren (only looks)"]);
  const url = `http://127.0.0.1:${String(port)}`;
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  expect((await fetch(`${url}/api/overview`)).status).toBe(401);
  expect((await fetch(`${url}/api/dead?person=@alice@example.tld`, { headers })).status).toBe(200);
  const live = await fetch(`${url}/api/live`, { headers });
  const reader = live.body!.getReader();
  await reader.read();
  const metrics = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  expect(metrics).toMatch(
    /misskeep_console_answer_seconds_count\{app="console",route="\/api\/dead",status="200"\} 1/,
  );
  expect(metrics).toMatch(/misskeep_console_viewers\{app="console"\} 1/);

  expect(await app.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  let last = await reader.read();
  while (!last.done) last = await reader.read();
  for (const hidden of [TOKEN, LOOKER, "alice"]) expect(app.output + metrics).not.toContain(hidden);
});

test("an address that others reach stops the start without a token, and says what to do", async () => {
  const app = start({ CONSOLE_HOST: "0.0.0.0" });
  expect((await app.exit).code).toBe(78);
  expect(app.output).toContain("CONSOLE_TOKENS is not set, and CONSOLE_HOST is");
});

test("every mistake in the tokens stops the start", async () => {
  const app = start({ CONSOLE_TOKENS: "Mio:short,ren:also-short" });
  expect((await app.exit).code).toBe(78);
  expect(app.output).toContain("2 settings are wrong");
  expect(app.output).not.toContain("also-short");
});

test("where its port is taken it says which it uses instead", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const taken = (other.address() as AddressInfo).port;
  const app = start({ REDIS_URL: await freshRedisUrl(), CONSOLE_PORT: String(taken) });
  await app.waitFor("CONSOLE_PORT is taken");
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  expect(port).not.toBe(taken);
  expect((await fetch(`http://localhost:${String(port)}/api/session`)).status).toBe(200);
});

test("logs once that Redis has gone and once that it is back, and still stops while it is away", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const app = start({ REDIS_URL: server.url });
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  const live = await fetch(`http://localhost:${String(port)}/api/live`);
  const away = () => app.lines.filter(({ msg }) => msg === "Redis is away").length;
  await server.kill();
  await app.waitFor("Redis is away");
  await server.restart();
  await app.waitFor("Redis is back");
  expect(away()).toBe(1);
  await server.kill();
  await until(() => away() === 2);
  expect(await app.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  await live.body?.cancel().catch(() => undefined);
});
