import { listSpools, reportSpool, type SpoolReport } from "@misskeep/inbox";
import { connectRedis, keys, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { checkSpool } from "./check-spool.ts";

const NOW = 1_795_485_891_939;
const DAY = 24 * 3_600_000;

const report = (changes: Partial<SpoolReport> = {}): SpoolReport => ({
  id: "a",
  at: NOW,
  host: "web-1",
  files: 0,
  bytes: 0,
  maxBytes: 1024 ** 3,
  oldestReceivedAt: null,
  aside: 0,
  refusal: null,
  ...changes,
});
const check = (changes: Partial<SpoolReport>) => checkSpool([report(changes)], NOW);

test("finds nothing where spools are empty, or are being drained", () => {
  for (const changes of [{}, { files: 3, oldestReceivedAt: NOW - 59_000 }])
    expect(check(changes)).toMatchObject([{ level: "ok" }]);
  expect(checkSpool([], NOW)).toMatchObject([{ check: "spool", level: "ok" }]);
});

test("says which spool holds events for long, is full, cannot be used or set files aside", () => {
  expect(check({ files: 3, oldestReceivedAt: NOW - 61_000, at: NOW - 120_000 })).toMatchObject([
    {
      level: "warn",
      message:
        "3 events lie in the spool of ingest on web-1, some for over a minute. It has said nothing for 120 s.",
    },
  ]);
  expect(check({ aside: 1 })).toMatchObject([
    { message: "1 file of the spool of ingest on web-1 could not become an event." },
  ]);
  expect(check({ refusal: "SPOOL_FULL", bytes: 1024 ** 3 })).toMatchObject([
    { message: "The spool of ingest on web-1 is full (1024 MiB of 1024 MiB)." },
  ]);
  expect(check({ refusal: "SPOOL_FAILED" })).toMatchObject([
    { message: expect.stringContaining("cannot use its spool") },
  ]);
});

test("a folder is remembered for a day while it holds something, and shortly while it is empty", async () => {
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  await reportSpool(redis, report({ id: "a", files: 1 }));
  await reportSpool(redis, report({ id: "a", files: 2, host: "web-2" }));
  await reportSpool(redis, report({ id: "b" }));
  await reportSpool(redis, report({ id: "c", aside: 1 }));
  const idsAt = async (now: number) => (await listSpools(redis, now)).map(({ id }) => id).toSorted();
  expect(await idsAt(NOW + 1_000)).toEqual(["a", "b", "c"]);
  expect(await listSpools(redis, NOW)).toContainEqual(report({ id: "a", files: 2, host: "web-2" }));
  expect(await idsAt(NOW + 91_000)).toEqual(["a", "c"]);
  expect(await idsAt(NOW + DAY + 1)).toEqual([]);
  expect(await redis.exists(keys.spools)).toBe(0);
});
