import type { Processor } from "@misskeep/processor";
import {
  type EventJobData,
  openQueues,
  type RunReport,
  startProcessorWorker,
  toRunnable,
} from "@misskeep/queue";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { capture, freshRedisUrl, until } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { type Change, configOf } from "./run.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export interface Delivery {
  readonly capture: string;
  readonly change?: Change;
  /** @default now */
  readonly receivedAt?: number;
}

export interface Replicas {
  /**
   * Adds jobs at once and waits for their ends.
   *
   * @param deliveries by event id
   * @returns how each event so far ended, by its id
   */
  handle(deliveries: Readonly<Record<string, Delivery>>): Promise<Record<string, string | undefined>>;
}

/** Replicas that run one processor on a real Redis, each with an instance of it; stopped after the test. */
export async function startReplicas(
  instances: readonly [Processor, ...Processor[]],
  settings: Readonly<Record<string, string>>,
): Promise<Replicas> {
  const url = await freshRedisUrl();
  const redis = connectRedis({ url, role: "command" });
  await waitUntilReady(redis, 10_000);
  const queues = openQueues(redis, () => {});
  const reports: RunReport[] = [];
  const replicas = instances.map((processor, index) => {
    const connection = connectRedis({ url, role: "worker" });
    const deps = { redis, onMismatches: () => {} };
    const running = startProcessorWorker(
      toRunnable(processor, configOf(processor, settings), deps),
      connection,
      {
        redis,
        worker: `replica-${index}`,
        logFor: () => quiet,
        onRun: (report) => reports.push(report),
        onZombie: () => {},
        pause: async () => {},
      },
    );
    return { running, connection };
  });
  onTestFinished(async () => {
    await Promise.all(replicas.map(({ running }) => running.stop(1_000)));
    await queues.close();
    for (const { connection } of replicas) connection.disconnect();
    redis.disconnect();
  });
  return {
    async handle(deliveries) {
      const jobs = Object.entries(deliveries).map(([jobId, delivery]) => {
        const json: unknown = JSON.parse(capture(delivery.capture).rawBody.toString("utf8"));
        delivery.change?.(json);
        const data: EventJobData = {
          hook: "default",
          receivedAt: delivery.receivedAt ?? Date.now(),
          body: JSON.stringify(json),
        };
        return { name: "event" as const, data, opts: { jobId } };
      });
      await queues.get(instances[0].name).addBulk(jobs);
      await until(() => jobs.every(({ opts }) => reports.some(({ eventId }) => eventId === opts.jobId)));
      return Object.fromEntries(reports.map(({ eventId, run }) => [eventId, run.end]));
    },
  };
}
