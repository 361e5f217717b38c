import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { handledBy, idOf, makeWorld, until } from "./support/world.ts";

test("a dispatcher that dies between adding the jobs and acknowledging them causes no second run", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const dying = await world.worker({ dieAt: { mark: "misskeep:dispatched" } });
  const id = idOf(await ingest.deliver("mention-by-reply"));
  expect((await dying.exit).signal).toBe("SIGKILL");
  const [pending] = (await world.redis.xpending("misskeep:{0}:inbox", "dispatchers")) as [number];
  expect(pending).toBe(1);

  // The job finishes before anybody takes the entry over.
  await world.worker();
  await handledBy(world, "effect", id);
  await until(
    async () => {
      const [left] = (await world.redis.xpending("misskeep:{0}:inbox", "dispatchers")) as [number];
      return left === 0;
    },
    { timeout: 90_000 },
  );
  expect(world.receiver.requests).toHaveLength(1);
  expect(await world.stateOf("effect", id)).toBe("completed");
});

test("a worker that dies after the effect and before its record repeats it with the same key, within 15 s", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const dying = await world.worker({ processors: ["steps"], dieAt: { mark: "misskeep:step-done" } });
  const other = await world.worker({ processors: ["steps"] });
  await other.kill("SIGSTOP");
  const id = idOf(await ingest.deliver("mention-by-reply"));
  expect((await dying.exit).signal).toBe("SIGKILL");
  const diedAt = performance.now();
  await other.kill("SIGCONT");
  await handledBy(world, "steps", id);
  const seconds = (performance.now() - diedAt) / 1_000;

  const calls = world.receiver.requests.map(({ path, headers }) => [path, headers["idempotency-key"]]);
  const key = (step: string): string => `${id}:steps:${step}`;
  expect(calls).toEqual([
    ["/steps/first", key("first")],
    ["/steps/first", key("first")],
    ["/steps/second", key("second")],
  ]);
  expect((await world.history("steps", id)).map(({ end }) => end)).toEqual(["crashed", "handled"]);
  // The promise is 15 s on a machine that is not overloaded; twice that still tells it from BullMQ's 60 s.
  expect(seconds).toBeLessThan(30);
});

test("a recorded step is not run again after a crash in the next one", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const dieAt = { mark: "misskeep:step-done", when: "second" };
  const dying = await world.worker({ processors: ["steps"], dieAt });
  const id = idOf(await ingest.deliver("mention-by-reply"));
  await dying.exit;
  await world.worker({ processors: ["steps"] });
  await handledBy(world, "steps", id);
  expect(world.receiver.requests.map(({ path }) => path)).toEqual([
    "/steps/first",
    "/steps/second",
    "/steps/second",
  ]);
});

test("a worker that dies after the outcome and before BullMQ knows does not run the job again", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const dieAt = { mark: "misskeep:recorded", when: '"handled"' };
  const env = { WORKER_PROCESSORS: "effect" };
  const dying = await world.worker({ env, dieAt });
  const id = idOf(await ingest.deliver("mention-by-reply"));
  expect((await dying.exit).signal).toBe("SIGKILL");
  await world.worker({ env });
  await handledBy(world, "effect", id);
  expect(world.receiver.requests).toHaveLength(1);
  expect((await world.history("effect", id)).map(({ end }) => end)).toEqual(["handled"]);
});

test("of a job that kills its worker and three innocent ones beside it, only that one ends dead", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const env = { WORKER_PROCESSORS: "poison" };
  let killer = "";
  world.receiver.answerWith(async (request) => {
    const { id } = request.json as { id: string };
    // The innocent ones take a moment, so that they run when the killer strikes.
    if (id !== killer) await new Promise((resolve) => setTimeout(resolve, 300));
    return { status: 200, body: id === killer ? "die" : "fine" };
  });
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push(idOf(await ingest.deliver("mention-by-reply", { fresh: true })));
  killer = ids[3]!;
  let stopping = false;
  const keepUp = async (): Promise<void> => {
    while (!stopping) {
      const worker = await world.worker({ env, processors: ["poison"], unready: true });
      await worker.exit;
    }
  };
  const supervisor = keepUp();
  await until(async () => (await world.stateOf("poison", killer)) === "failed", { timeout: 240_000 });
  for (const id of ids.slice(0, 3)) await handledBy(world, "poison", id);
  stopping = true;
  expect(await world.ended("poison")).toEqual({ completed: 3, failed: 1 });
  const history = await world.history("poison", killer);
  expect(history.map(({ end }) => end)).toEqual(["crashed", "crashed", "crashed", "crashed", "dead"]);
  void supervisor;
}, 300_000);

test("a handler deaf to its time-out: the attempt fails, the process replaces itself, the next attempt comes later", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  world.receiver.answerWith((request) => ({
    status: 200,
    body: (request.json as { attempt: number }).attempt === 1 ? "hang" : "fine",
  }));
  const env = { WORKER_PROCESSORS: "deaf" };
  const deaf = await world.worker({ env, processors: ["deaf"] });
  const id = idOf(await ingest.deliver("mention-by-reply"));
  expect((await deaf.exit).code).toBe(70);
  const [run] = (await world.history("deaf", id)) as unknown as { end: string; error: { code: string } }[];
  expect(run).toMatchObject({ end: "retry", error: { code: "TIMED_OUT" } });
  const delay = Number(await world.redis.hget(`misskeep:{deaf}:deaf:${id}`, "delay"));
  expect(delay).toBeGreaterThanOrEqual(30_000);
  await world.worker({ env, processors: ["deaf"] });
  await handledBy(world, "deaf", id, 90_000);
  expect(world.receiver.requests).toHaveLength(2);
}, 180_000);

test("SIGTERM: what runs may finish; what does not is handed back and runs elsewhere, unspent", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const held: (() => void)[] = [];
  world.receiver.answerWith(async (_request, index) => {
    if (index === 0) await new Promise<void>((resolve) => held.push(resolve));
    return { status: 200 };
  });
  const first = await world.worker({ env: { SHUTDOWN_TIMEOUT: "6s", WORKER_PROCESSORS: "effect" } });
  const id = idOf(await ingest.deliver("mention-by-reply"));
  await until(() => world.receiver.requests.length === 1);
  const exit = await first.kill("SIGTERM");
  expect(exit.code).toBe(0);
  expect((await world.history("effect", id)).map(({ end }) => end)).toEqual(["handed-back"]);
  await world.worker({ env: { WORKER_PROCESSORS: "effect" } });
  await handledBy(world, "effect", id);
  const attempts = world.receiver.requests.map(({ json }) => (json as { attempt: number }).attempt);
  expect(attempts).toEqual([1, 1]);
  for (const release of held) release();
});

test("Redis restarts under everything: what was acknowledged is handled, and all go on by themselves", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await makeWorld(server.url);
  const ingest = await world.ingest();
  await world.worker();
  const acknowledged: (string | null)[] = [];
  const statuses = new Set<number>();
  let stop = false;
  const sender = (async () => {
    while (!stop) {
      const answer = await ingest.deliver("mention-by-reply", { fresh: true });
      statuses.add(answer.status);
      // Without an id where it was spooled.
      acknowledged.push((answer.body as { id: string | null }).id);
    }
  })();
  await until(() => acknowledged.length > 50);
  await server.kill();
  await until(() => acknowledged.includes(null));
  await server.restart();
  const before = acknowledged.length;
  await until(() => acknowledged.slice(before).filter((id) => id !== null).length > 50);
  stop = true;
  await sender;
  for (const id of acknowledged) if (id !== null) await handledBy(world, "effect", id, 90_000);
  // The spooled ones too, each once.
  await until(async () => (await world.ended("effect")).completed >= acknowledged.length, {
    timeout: 90_000,
  });
  expect((await world.ended("effect")).completed).toBe(acknowledged.length);
  expect(statuses).toEqual(new Set([202]));
}, 180_000);
