import { join } from "node:path";
import { keys } from "@misskeep/redis";
import { repositoryRoot, type RunningProcess, startProcess } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { idOf, makeWorld, until, type World } from "./support/world.ts";

/** A deployment whose `effect` let so many events die, and is mended now. */
async function aWorldOfDead(count: number): Promise<{ world: World; ids: string[]; worker: RunningProcess }> {
  const world = await makeWorld();
  const ingest = await world.ingest();
  world.receiver.answerWith(() => ({ status: 400 }));
  const worker = await world.worker();
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1)
    ids.push(idOf(await ingest.deliver("mention-by-reply", { fresh: true })));
  await until(async () => (await world.ended("effect")).failed === count, { timeout: 60_000 });
  return { world, ids, worker };
}

/** `misskeep dead replay effect --all`, as a process that can be killed. */
function replayAll(world: World): RunningProcess {
  const cli = join(repositoryRoot, "apps/cli/bin/misskeep.js");
  const args = [cli, "dead", "replay", "effect", "--all", "--yes", "--json"];
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, REDIS_URL: world.redisUrl, MISSKEEP_ENV_FILE: "/no/such/file" };
  const started = startProcess(process.execPath, args, { cwd: repositoryRoot, env });
  onTestFinished(() => void started.kill("SIGKILL"));
  return started;
}

async function activeRun(world: World): Promise<string> {
  return until(() => world.redis.get(keys.activeRun("effect")), { timeout: 30_000 });
}

/** How often each letter was replayed, and how often the receiver took its effect. */
async function expectOnce(world: World, ids: readonly string[], deaths: number): Promise<void> {
  const replays = ids.map((id) => world.redis.hget(keys.queue("effect", id), "mk:replays"));
  expect(new Set(await Promise.all(replays))).toEqual(new Set(["1"]));
  const effects = world.receiver.requests.slice(deaths).map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(effects)).toEqual(new Set(ids.map((id) => `${id}:effect`)));
}

test("a run whose worker is killed in the middle goes on in another one, and replays each letter once", async () => {
  const { world, ids, worker } = await aWorldOfDead(150);
  let answered = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.receiver.answerWith(async () => {
    answered += 1;
    // The run is in its middle as long as the processor is.
    if (answered > 20) await held;
    return { status: 200 };
  });
  const cli = replayAll(world);
  const id = await activeRun(world);
  await until(() => answered > 20, { timeout: 60_000 });
  const planned = await world.redis.zcard(keys.runItems("effect", id, "planned"));
  expect(planned).toBeGreaterThan(0);
  // The command waits as long as some worker lives.
  await world.worker();
  await worker.kill("SIGKILL");
  release();
  expect((await cli.exit).code, cli.output).toBe(0);
  expect(JSON.parse(cli.stdout)).toMatchObject({
    processor: "effect",
    run: { id, state: "done", total: 150, done: 150, items: { dead: 0, skipped: 0 } },
  });
  // Those that ran when their worker died come back a little later; the run does not wait for them.
  await until(async () => (await world.ended("effect")).completed === 150, { timeout: 60_000 });
  await expectOnce(world, ids, 150);
}, 180_000);

test("a run goes on although the command that started it is killed", async () => {
  const { world, ids } = await aWorldOfDead(60);
  let answered = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.receiver.answerWith(async () => {
    answered += 1;
    if (answered > 5) await held;
    return { status: 200 };
  });
  const cli = replayAll(world);
  const id = await activeRun(world);
  await until(() => answered > 5, { timeout: 60_000 });
  await cli.kill("SIGKILL");
  release();
  const state = (): Promise<string | null> => world.redis.hget(keys.run("effect", id), "state");
  await until(async () => (await state()) === "done", { timeout: 60_000 });
  expect(await world.ended("effect")).toEqual({ completed: 60, failed: 0 });
  await expectOnce(world, ids, 60);
}, 120_000);
