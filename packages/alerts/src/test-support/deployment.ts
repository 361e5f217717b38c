import { accept, ensureGroup } from "@misskeep/inbox";
import { type Context, openContext } from "@misskeep/operations";
import { DEFAULT_RETRY, type Outcome, PermanentError } from "@misskeep/processor";
import { keepBeating, startDispatcher, startProcessorWorker } from "@misskeep/queue";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { onTestFinished } from "vitest";

const silent = { debug() {}, info() {}, warn() {}, error() {}, trace() {}, fatal() {} };

export interface Deployment {
  readonly context: Context;
  /** @returns the event id */
  receive(body: object): Promise<string>;
}

/** A worker on a real Redis whose only processor, `p`, lets every event die; until the test ends. */
export async function deploy(why: () => string): Promise<Deployment> {
  const url = await freshRedisUrl();
  const connect = async (role: "command" | "worker"): Promise<Redis> => {
    const redis = connectRedis({ url, role });
    onTestFinished(() => redis.disconnect());
    await waitUntilReady(redis, 10_000);
    return redis;
  };
  const redis = await connect("command");
  const context = openContext(redis, () => {});
  onTestFinished(() => context.queues.close());
  await ensureGroup(redis);
  const worker = { id: "w", startedAt: Date.now(), about: { host: "test", pid: 1, version: "0" } };
  const signOff = await keepBeating(redis, worker, new Map([["p", { on: ["*"] }]]), () => {});
  const run = (): Outcome => {
    throw new PermanentError(why());
  };
  const processor = startProcessorWorker(
    { name: "p", retry: DEFAULT_RETRY, timeoutMs: 30_000, concurrency: 8, run },
    await connect("worker"),
    {
      redis,
      worker: "w",
      logFor: () => silent,
      onRun: () => {},
      onZombie: () => {},
      pause: () => Promise.resolve(),
    },
  );
  const stopDispatcher = startDispatcher({
    redis,
    blocking: await connect("worker"),
    queues: context.queues,
    consumer: "w",
    log: silent,
    onDispatched: () => {},
  });
  onTestFinished(async () => {
    await Promise.all([stopDispatcher(), processor.stop(1_000)]);
    await signOff();
  });
  return {
    context,
    async receive(body) {
      const delivery = {
        hook: "default",
        receivedAt: Date.now(),
        meta: { secretNumber: 1 },
        body: Buffer.from(JSON.stringify(body)),
      };
      return (await accept(redis, delivery, undefined, { windowMs: 60_000 })).id;
    },
  };
}
