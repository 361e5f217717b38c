/**
 * Figures of the day before, in the form in which workers keep them (see packages/series), so that the charts have
 * something to draw: traffic that comes and goes, and an hour ago a spell in which a target was slow.
 */
import { ensureGroup, inboxState, lastEntryId } from "@misskeep/inbox";
import { keys, type Redis } from "@misskeep/redis";

const STEPS = [
  { step: "5m", ms: 300_000 },
  { step: "10s", ms: 10_000 },
] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Has to come before the first event: what was accepted is counted on from here. */
export async function writeHistory(redis: Redis, now: number = Date.now()): Promise<void> {
  const total = new Map<number, number>();
  let accepted = 0;
  for (let at = startOf(now - DAY, 10_000); at < now; at += 10_000) {
    total.set(at, accepted);
    accepted += cameIn(at);
  }
  const pipeline = redis.pipeline();
  for (const { step, ms } of STEPS) {
    const first = startOf(now - (step === "5m" ? DAY - 300_000 : HOUR), ms);
    for (let at = first; at + ms < now; at += ms) {
      const before = total.get(at) ?? 0;
      const after = total.get(at + ms) ?? accepted;
      const slow = isSlow(now - at);
      const handled = after - before;
      pipeline.hset(keys.series(step, at), {
        handled: Math.round(handled * 1.9),
        ignored: Math.round(handled * 0.1),
        failed: slow ? Math.round(handled * 0.2) : 0,
        ...latency(Math.round(handled * 1.9), slow),
        at: at + ms - 1,
        accepted: after,
        duplicates: Math.round(after / 60),
        refused: 0,
        waiting: slow
          ? Math.round(40 + 25 * Math.sin(at / 60_000))
          : Math.round(1.5 + 1.5 * Math.sin(at / 41_000)),
        dead: now - at > 40 * 60_000 ? 2 : 8,
        memory: 9_000_000,
      });
      pipeline.pexpireat(keys.series(step, at), now + HOUR);
    }
  }
  // As if all of them had been in the inbox, and read.
  await ensureGroup(redis);
  const { accepted: had } = await inboxState(redis);
  pipeline.call("XSETID", keys.inbox, await lastEntryId(redis), "ENTRIESADDED", accepted + had);
  pipeline.hincrby(keys.counts, "read", accepted);
  pipeline.hset(keys.counts, { duplicates: Math.round(accepted / 60) });
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}

function startOf(at: number, ms: number): number {
  return Math.floor(at / ms) * ms;
}

/** Events in ten seconds. */
function cameIn(at: number): number {
  const wave = 22 + 9 * Math.sin(at / (2.5 * HOUR)) + 5 * Math.sin(at / 400_000) + 3 * Math.sin(at / 37_000);
  return Math.round(wave);
}

/** @param ago ms */
function isSlow(ago: number): boolean {
  return ago > 38 * 60_000 && ago < 45 * 60_000;
}

/** By the histogram's buckets, each 1.2 times as long as the one before, from 1 ms. */
function latency(handled: number, slow: boolean): Record<string, number> {
  const shift = slow ? 14 : 0;
  const shares = { 16: 0.25, 19: 0.45, 22: 0.22, 27: 0.06, 32: 0.02 };
  return Object.fromEntries(
    Object.entries(shares).map(([bucket, share]) => [
      String(Number(bucket) + shift),
      Math.round(handled * share),
    ]),
  );
}
