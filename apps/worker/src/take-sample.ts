import { inboxState, listRefusals } from "@misskeep/inbox";
import { QUARANTINE } from "@misskeep/processor";
import { findBacklog, listSubscriptions, type Queues } from "@misskeep/queue";
import { parseInfo, type Redis } from "@misskeep/redis";
import type { Sample } from "@misskeep/series";

/** How the whole deployment stands now: not only what this worker runs. */
export async function takeSample(redis: Redis, queues: Queues): Promise<Omit<Sample, "at">> {
  const [inbox, refusals, subscriptions, info] = await Promise.all([
    inboxState(redis),
    listRefusals(redis),
    listSubscriptions(redis),
    redis.info("memory"),
  ]);
  const names = [...subscriptions.keys(), QUARANTINE];
  const backlogs = await Promise.all(names.map((name) => findBacklog(queues, name)));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return {
    accepted: inbox.accepted,
    duplicates: inbox.duplicates,
    refused: sum(Object.values(refusals.counts)),
    waiting: inbox.waiting + sum(backlogs.map(({ waiting }) => waiting)),
    dead: sum(backlogs.map(({ dead }) => dead)),
    memory: Number(parseInfo(info).get("used_memory") ?? 0),
  };
}
