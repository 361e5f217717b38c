import {
  type EventJobData,
  openQueues,
  type RunReport,
  startProcessorWorker,
  toRunnable,
} from "@misskeep/queue";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { capture, freshRedisUrl, until } from "@misskeep/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { discord } from "../discord.ts";
import { configOf } from "../test-support/run.ts";
import { startTarget } from "../test-support/target.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Two replicas that run discord on a real Redis, and a Discord to post to. */
async function startReplicas() {
  const target = await startTarget(() => ({ status: 200 }));
  const processor = discord();
  const config = configOf(processor, { DISCORD_WEBHOOK_URL: target.url });
  const url = await freshRedisUrl();
  const redis = connectRedis({ url, role: "command" });
  await waitUntilReady(redis, 10_000);
  const queues = openQueues(redis, () => {});
  const reports: RunReport[] = [];
  const replicas = ["a", "b"].map((worker) => {
    const connection = connectRedis({ url, role: "worker" });
    const runnable = toRunnable(processor, config, { redis, onMismatches: () => {} });
    const running = startProcessorWorker(runnable, connection, {
      redis,
      worker,
      logFor: () => quiet,
      onRun: (report) => reports.push(report),
      onZombie: () => {},
      pause: async () => {},
    });
    return { running, connection };
  });
  onTestFinished(async () => {
    await Promise.all(replicas.map(({ running }) => running.stop(1_000)));
    await queues.close();
    for (const { connection } of replicas) connection.disconnect();
    redis.disconnect();
  });
  return {
    target,
    /** Adds jobs at once, and waits for the end of all that were added so far. @returns their ends by event id */
    async handle(names: Readonly<Record<string, string>>): Promise<Record<string, string | undefined>> {
      const jobs = Object.entries(names).map(([jobId, name]) => {
        const data: EventJobData = {
          hook: "default",
          receivedAt: Date.now(),
          body: capture(name).rawBody.toString("utf8"),
        };
        return { name: "event" as const, data, opts: { jobId } };
      });
      await queues.get(processor.name).addBulk(jobs);
      await until(() => jobs.every(({ opts }) => reports.some(({ eventId }) => eventId === opts.jobId)));
      return Object.fromEntries(reports.map(({ eventId, run }) => [eventId, run.end]));
    },
  };
}

describe("a reply that comes as mention and as reply", () => {
  it.each([
    ["mention-by-reply", "reply-simple"],
    ["reply-simple", "mention-by-reply"],
  ])("is posted once where %s comes before %s", async (first, second) => {
    const { target, handle } = await startReplicas();
    await handle({ "0-1-0": first });
    expect(await handle({ "0-2-0": second })).toEqual({ "0-1-0": "handled", "0-2-0": "ignored" });
    expect(target.requests).toHaveLength(1);
  });

  it("is posted once where both come at the same moment", async () => {
    const { target, handle } = await startReplicas();
    const ends = await handle({ "0-1-0": "mention-by-reply", "0-2-0": "reply-simple" });
    expect(new Set(Object.values(ends))).toEqual(new Set(["handled", "ignored"]));
    expect(target.requests).toHaveLength(1);
  });

  it("is not confused with another note", async () => {
    const { target, handle } = await startReplicas();
    const ends = await handle({
      "0-1-0": "reply-simple",
      "0-2-0": "mention-remote-mastodon",
      "0-3-0": "followed-basic",
    });
    expect(Object.values(ends)).toEqual(["handled", "handled", "handled"]);
    expect(target.requests).toHaveLength(3);
  });
});
