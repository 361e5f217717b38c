import type { Redis } from "@misskeep/redis";
import type { DoorContestant } from "./contestant.ts";
import { startNodeDoor } from "./node-door.ts";

function tutorialWith(
  knownBy: "jobId" | "deduplication",
  about: Pick<DoorContestant, "name" | "title" | "promise">,
): DoorContestant {
  return {
    ...about,
    usesRedis: true,
    async start({ redis, folder }) {
      const env = { REDIS_URL: redis.url, KNOWN_BY: knownBy };
      const { url, program } = await startNodeDoor("tutorial-server.mjs", folder, env);
      return { urls: [url], programs: [program], kept: () => waitingEventIds(redis.client) };
    },
  };
}

export const tutorial = tutorialWith("jobId", {
  name: "tutorial",
  title: "tutorial (queue.add, jobId)",
  promise: "kept as Redis syncs; once while its job exists",
});

export const tutorialWithWindow = tutorialWith("deduplication", {
  name: "tutorial-window",
  title: "tutorial (deduplication, 8 d)",
  promise: "kept as Redis syncs; once in 8 days, until its job is removed",
});

const CHUNK = 500;

/** The event ids of the jobs that wait in BullMQ's queue. */
async function waitingEventIds(redis: Redis): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; ; at += CHUNK) {
    const jobs = await redis.lrange("bull:events:wait", at, at + CHUNK - 1);
    if (jobs.length === 0) return found;
    const pipeline = redis.pipeline();
    for (const job of jobs) pipeline.hget(`bull:events:${job}`, "data");
    for (const [error, data] of (await pipeline.exec()) ?? []) {
      if (error) throw error;
      found.push((JSON.parse(data as string) as { eventId: string }).eventId);
    }
  }
}
