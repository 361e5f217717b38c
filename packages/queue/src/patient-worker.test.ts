import { handled } from "@misskeep/processor";
import { CONNECTION_LIMITS, connectRedis, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { PatientWorker } from "./patient-worker.ts";
import { aRunnable, openWorld, untilState } from "../test-support/world.ts";

/** How many commands Redis has refused, each with an error. */
async function refusals(redis: Redis): Promise<number> {
  return Number(parseInfo(await redis.info("stats")).get("total_error_replies"));
}

test.each<[string, (redis: Redis) => Promise<unknown>, (redis: Redis) => Promise<unknown>]>([
  ["full", (redis) => redis.config("SET", "maxmemory", 1), (redis) => redis.config("SET", "maxmemory", 0)],
  [
    "read-only",
    (redis) => redis.call("REPLICAOF", "127.0.0.1", "1"),
    (redis) => redis.call("REPLICAOF", "NO", "ONE"),
  ],
  [
    "without its replicas",
    (redis) => redis.config("SET", "min-replicas-to-write", 1),
    (redis) => redis.config("SET", "min-replicas-to-write", 0),
  ],
])(
  "a worker does not spin while Redis is %s, and goes on when it is not any more",
  async (_what, spoil, mend) => {
    const server = await ownRedis();
    onTestFinished(() => server.stop());
    const world = await openWorld(server.url);
    const admin = connectRedis({ url: server.url, role: "command" });
    onTestFinished(() => admin.disconnect());
    await waitUntilReady(admin, 10_000);
    world.start(aRunnable(world, { concurrency: 4, handle: () => handled() }));
    await untilState(world, await world.add("p"), "completed");
    // Work waits, so that the worker has a reason to ask.
    await world.queues.get("p").pause();
    const id = await world.add("p");
    await world.queues.get("p").resume();
    await spoil(admin);
    const again = await world.add("p").catch(() => undefined);

    const before = await refusals(admin);
    const startedAt = performance.now();
    await until(async () => (await refusals(admin)) >= before + 8, { timeout: 90_000 });
    const seconds = (performance.now() - startedAt) / 1_000;
    // BullMQ itself asks thousands of times in a second. Others look here too: for stalled jobs, for locks.
    expect(8 / seconds).toBeLessThan(40);

    await mend(admin);
    await untilState(world, id, "completed");
    if (again !== undefined) await untilState(world, again, "completed");
    expect(world.restarts).toEqual([]);
  },
  // Where the job was taken just before, only what looks for stalled jobs is refused, every second.
  150_000,
);

test("what it waits for, and how soon a connection is noticed that is lost meanwhile, are within 5 s", async () => {
  const world = await openWorld();
  const worker = new PatientWorker("p", () => Promise.resolve(), {
    connection: world.shared,
    lockDuration: 7_000,
    autorun: false,
  });
  worker.on("error", () => undefined);
  onTestFinished(() => worker.close(true));
  // Where a job is delayed BullMQ would wait for the one, else for the other, s.
  const waitsMs = Math.max(worker.maximumBlockTimeout, worker.opts.drainDelay ?? Infinity) * 1_000;
  const { silenceMs, pauseMs } = CONNECTION_LIMITS;
  // Two looks, of which there are four in a second, and a pause before the next connection.
  expect(waitsMs + silenceMs + 500 + pauseMs).toBeLessThan(5_000);
});
