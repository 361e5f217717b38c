/**
 * docker-compose.yml as a person would use it. The image has to be built: `npm run test:docker` does.
 *
 * A start takes most of a minute, so all tests share one; each delivers events of its own and leaves three workers.
 */
import { captures, deliver, until } from "@misskeep/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { idOf, SECRET, withOwnEventId } from "../support/world.ts";
import { docker, makeStack } from "./support/stack.ts";

const stack = makeStack(`misskeep-test-${process.pid}`);
const kinds = captures().filter(({ rawBody }) => rawBody.includes('"eventId"') && rawBody.length < 20_000);

beforeAll(async () => {
  try {
    await stack.up(3);
  } catch (error) {
    await showLogs();
    throw error;
  }
});

afterAll(() => stack.remove());

beforeEach(({ onTestFailed }) => {
  onTestFailed(showLogs);
});

async function showLogs(): Promise<void> {
  // oxlint-disable-next-line no-console -- without them a failure in a container explains nothing
  console.error(await stack.compose("ps", "--all"), await stack.compose("logs", "--tail", "40"));
}

/** Delivers new events and returns how, by their ids. */
async function deliverNew(count: number): Promise<Map<string, () => ReturnType<typeof deliver>>> {
  const url = await stack.ingestUrl();
  const delivered = new Map<string, () => ReturnType<typeof deliver>>();
  for (let index = 0; index < count; index += 1) {
    const capture = kinds[index % kinds.length]!;
    const body = withOwnEventId(capture.rawBody);
    const answer = await deliver(url, capture, { secret: SECRET, body });
    expect(answer.status).toBe(202);
    delivered.set(idOf(answer), async () =>
      deliver(await stack.ingestUrl(), capture, { secret: SECRET, body }),
    );
  }
  return delivered;
}

async function untilHandled(ids: Iterable<string>, timeout = 60_000): Promise<void> {
  const wanted = [...ids];
  for (const processor of ["effect", "log"]) {
    await until(
      async () => {
        const handled = await stack.handled(processor);
        return wanted.every((id) => handled.has(id));
      },
      { timeout, every: 500 },
    );
  }
}

test("real deliveries flow through, and several replicas handle them, with a processor of a mounted folder", async () => {
  const url = await stack.ingestUrl();
  const real: string[] = [];
  for (const capture of captures()) {
    const answer = await deliver(url, capture, { secret: SECRET });
    expect(answer.status, capture.name).toBe(202);
    real.push(idOf(answer));
  }
  const more = [...(await deliverNew(60)).keys()];
  await untilHandled([...real, ...more]);
  const mine = new Set([...real, ...more]);
  const effects = (await stack.effects()).filter(({ id }) => mine.has(id));
  expect(effects).toHaveLength(mine.size);
  expect(new Set(effects.map(({ from }) => from)).size).toBeGreaterThan(1);
});

test("a replica that is killed in the middle of its work loses nothing", async () => {
  await stack.delayEffects(2_000);
  const ids = [...(await deliverNew(90)).keys()];
  const [victim] = await stack.containers("worker");
  const { stdout } = await docker("inspect", "--format", "{{json .NetworkSettings.Networks}}", victim!);
  const addresses = Object.values(JSON.parse(stdout) as Record<string, { IPAddress: string }>);
  const isVictims = ({ from }: { from: string }): boolean =>
    addresses.some(({ IPAddress }) => from.endsWith(IPAddress));
  const open = async () => (await stack.effects()).filter((each) => isVictims(each) && !each.answered);
  await until(async () => (await open()).length > 0, { timeout: 60_000 });
  await docker("kill", victim!);
  const interrupted = (await open()).map(({ id }) => id);
  await stack.delayEffects(0);

  await untilHandled(ids, 180_000);
  const again = (await stack.effects()).filter((each) => interrupted.includes(each.id) && !isVictims(each));
  expect(new Set(again.map(({ id }) => id))).toEqual(new Set(interrupted));
  expect(interrupted).not.toEqual([]);
  await stack.up(3);
});

test("`docker compose down` and `up` keep events, handled and not, and know their resends", async () => {
  const before = await deliverNew(5);
  await untilHandled(before.keys());
  const workers = await stack.containers("worker");
  await stack.compose("stop", "worker");
  const ends = await docker("inspect", "--format", "{{.State.ExitCode}}", ...workers);
  expect(ends.stdout.trim().split("\n")).toEqual(workers.map(() => "0"));
  const waiting = await deliverNew(5);

  await stack.compose("down");
  await stack.up(3);
  await untilHandled([...before.keys(), ...waiting.keys()]);
  for (const [id, resend] of [...before, ...waiting]) {
    expect(await resend()).toMatchObject({ status: 200, body: { status: "duplicate", id } });
  }
});

/** By what the kernel says of its first process. */
async function expectHardened(service: string, compose = stack.compose): Promise<void> {
  const read = (file: string): Promise<string> => compose("exec", "-T", service, "cat", file);
  const status = await read("/proc/1/status");
  expect(status, service).toMatch(/^Uid:(\t[1-9]\d*){4}$/m);
  expect(status, service).toMatch(/^Gid:(\t[1-9]\d*){4}$/m);
  expect(status, service).toMatch(/^CapEff:\t0+$/m);
  expect(status, service).toMatch(/^CapBnd:\t0+$/m);
  expect(status, service).toMatch(/^NoNewPrivs:\t1$/m);
  expect(await read("/proc/mounts"), service).toMatch(/^\S+ \/ \S+ ro,/m);
}

test("the command line works inside the containers", async () => {
  const { answers } = (await stack.misskeep("send", "mention")) as { answers: { body: { id: string } }[] };
  const { id } = answers[0]!.body;
  await untilHandled([id]);
  expect(JSON.stringify(await stack.misskeep("events", "show", id))).toContain(id);
});

test("the profile console brings the page and lets people sign in; without it there is none", async () => {
  expect(await stack.compose("ps", "--services")).not.toContain("console");
  const withConsole = (...args: string[]): Promise<string> => stack.compose("--profile", "console", ...args);
  try {
    await withConsole("up", "--detach", "--wait", "--no-build", "--no-recreate", "console");
    const url = `http://${(await withConsole("port", "console", "3001")).trim()}`;
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
    const signIn = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: "a-token-for-the-tests" }),
    });
    expect(await signIn.json()).toMatchObject({ name: "mio", readonly: false });
    await expectHardened("console", withConsole);
  } finally {
    // Else `down`, which does not know the profile, leaves it and its network.
    await withConsole("rm", "--stop", "--force", "console");
  }
});

test("no container runs as root, writes to its file system or has privileges", async () => {
  for (const service of ["redis", "ingest", "worker"]) await expectHardened(service);
  await expect(stack.compose("port", "redis", "6379")).rejects.toThrow("6379");
});

test("the profile caddy needs only DOMAIN, and reaches ingest but not Redis", async () => {
  const file = ["--env-file", "/dev/null", "--file", "docker-compose.yml"];
  const { stdout } = await docker("compose", ...file, "--profile", "caddy", "config", "--format", "json");
  const { services, networks } = JSON.parse(stdout) as {
    networks: Record<string, { internal?: boolean }>;
    services: Record<string, { networks: object; environment: object; ports: { target: number }[] }>;
  };
  expect(services["caddy"]!.ports.map(({ target }) => target)).toEqual([80, 443, 443]);
  expect(Object.keys(services["caddy"]!.environment)).toEqual(["DOMAIN"]);
  expect(Object.keys(services["caddy"]!.networks)).toEqual(["default"]);
  expect(Object.keys(services["redis"]!.networks)).toEqual(["redis"]);
  expect(services["redis"]!.ports).toBeUndefined();
  expect(networks["redis"]?.internal).toBe(true);
});
