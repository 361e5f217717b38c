/** A deployment on a Redis with replicas and sentinels goes on when its master changes. */
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import {
  capture,
  type RedisNode,
  type ReplicatedRedis,
  startApp,
  startReplicatedRedis,
} from "@misskeep/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { idOf, type Ingest, makeWorld, until, withOwnEventId, type World } from "./support/world.ts";

const TOKEN = "a-token-for-the-tests";
const LONG = { timeout: 300_000 };

let group: ReplicatedRedis;
beforeAll(async () => {
  group = await startReplicatedRedis({ minReplicas: 1 });
});
afterAll(() => group.stop());

let databases = 0;

/** Its own database, and what its apps find it by. */
async function makeReplicatedWorld(): Promise<{ world: World; env: Record<string, string> }> {
  const { url } = await group.master();
  databases += 1;
  const env = { ...group.env, REDIS_URL: `${group.env["REDIS_URL"]}/${databases}` };
  return { world: await makeWorld(url, onTestFinished, env), env };
}

/** Whether the replicas have all that the master has. */
async function isReplicated({ url }: RedisNode): Promise<boolean> {
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 10_000);
    // WAIT counts what its own connection wrote, which is behind all that others wrote.
    await redis.incr("testkit:wait");
    return (await redis.wait(2, 5_000)) === 2;
  } finally {
    redis.disconnect();
  }
}

interface Answer {
  readonly status: number;
  /** null where it was spooled. */
  readonly id: string | null;
}

/** Delivers new events until told to stop. @returns how many, and how each was answered */
function keepDelivering({ deliver }: Ingest): {
  count(): number;
  stop(): Promise<Answer[]>;
} {
  const answers: Answer[] = [];
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const { status, body } = await deliver("mention-by-reply", { fresh: true });
      answers.push({ status, id: (body as Answer).id });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    count: () => answers.length,
    async stop() {
      isOver = true;
      await running;
      return answers;
    },
  };
}

/** How often each job of `effect` took effect. */
function effects({ receiver }: World): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { headers } of receiver.requests) {
    const key = String(headers["idempotency-key"]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

test(
  "what was acknowledged and replicated survives the master's death, and nothing is refused",
  LONG,
  async () => {
    const { world, env } = await makeReplicatedWorld();
    const ingest = await world.ingest();
    const worker = await world.worker();
    const console = await startApp("console", {
      env: { ...env, METRICS_PORT: "0", CONSOLE_PORT: "0", CONSOLE_TOKENS: `test:${TOKEN}` },
    });
    onTestFinished(async () => void (await console.kill("SIGKILL")));
    const { port: consolePort } = await console.waitFor(({ msg }) => msg === "ready");
    const overview = async (): Promise<number> =>
      (
        await fetch(`http://127.0.0.1:${String(consolePort)}/api/overview`, {
          headers: { authorization: `Bearer ${TOKEN}` },
        })
      ).status;

    // Not handled before the master dies.
    await worker.kill("SIGSTOP");
    const body = withOwnEventId(capture("mention-by-reply").rawBody);
    const ids = [idOf(await ingest.deliver("mention-by-reply", { body }))];
    for (let count = 1; count < 20; count += 1)
      ids.push(idOf(await ingest.deliver("mention-by-reply", { fresh: true })));
    const old = await group.master();
    await until(() => isReplicated(old));

    const during = keepDelivering(ingest);
    await old.kill();
    await worker.kill("SIGCONT");
    const master = await group.switchedFrom(old);
    // It comes back and takes itself for the master, until the sentinels tell it otherwise.
    await old.start();
    await group.settled();
    expect(await group.master()).toBe(master);
    const answers = await during.stop();
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
    expect(answers.some(({ id }) => id === null)).toBe(true);
    // Live deliveries go to the new one again.
    expect(answers.at(-1)?.id).toEqual(expect.any(String));

    await until(() => effects(world).size >= ids.length + answers.length, { timeout: 120_000, every: 200 });
    const known = effects(world);
    for (const each of [...ids, ...answers.map(({ id }) => id)])
      if (each !== null) expect(known.get(`${each}:effect`)).toBeGreaterThan(0);
    expect(known.size).toBe(ids.length + answers.length);

    expect(await ingest.deliver("mention-by-reply", { body })).toMatchObject({
      status: 200,
      body: { status: "duplicate", id: ids[0] },
    });
    expect(await world.cli("events", "show", ids[0] ?? "")).toMatchObject({
      processors: expect.arrayContaining([
        expect.objectContaining({ processor: "effect", state: "handled" }),
      ]),
    });
    expect(await world.cli("doctor")).toBeTruthy();
    await until(async () => (await overview()) === 200);
  },
);

test("a failover by hand after CLIENT PAUSE … WRITE loses nothing", LONG, async () => {
  const { world } = await makeReplicatedWorld();
  const ingest = await world.ingest();
  const worker = await world.worker();
  const old = await group.master();
  // What is handled at once cannot be lost.
  await worker.kill("SIGSTOP");
  const during = keepDelivering(ingest);
  await until(() => during.count() > 20);

  const redis = connectRedis({ url: old.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  await redis.client("PAUSE", 60_000, "WRITE");
  await group.failover();
  await group.switchedFrom(old);
  // Ingest leaves it before it is told that it is the master no more.
  await until(async () => !String(await redis.client("LIST")).includes("name=misskeep-ingest"), {
    timeout: 60_000,
  });
  await redis.client("UNPAUSE");
  await group.settled();
  const answers = await during.stop();
  await worker.kill("SIGCONT");

  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  await until(() => effects(world).size >= answers.length, { timeout: 120_000, every: 200 });
  const known = effects(world);
  for (const { id } of answers) if (id !== null) expect(known.has(`${id}:effect`)).toBe(true);
});
