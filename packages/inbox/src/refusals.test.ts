import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { emptyRedis } from "../test-support/inbox.ts";
import { listRefusals, recordRefusals, type Refusal, type RefusalReason } from "./refusals.ts";

function refusals(from: number, to: number): Refusal[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    at: from + index,
    reason: "wrong-secret" as const,
  })).toReversed();
}

const counts = (...entries: [RefusalReason, number][]): Map<RefusalReason, number> => new Map(entries);
const NONE = counts();

test("before any refusal there is none", async () => {
  expect(await listRefusals(await emptyRedis())).toEqual({ last: [], counts: {} });
});

test("what is known of a refusal is kept, newest first over several reports", async () => {
  const redis = await emptyRedis();
  const first: Refusal = { at: 1, reason: "no-secret" };
  const second: Refusal = { at: 2, reason: "wrong-secret", hookId: "a5", host: "misskey.example:3000" };
  const third: Refusal = { at: 3, reason: "too-large", host: "例え.テスト" };
  await recordRefusals(redis, [second, first], counts(["no-secret", 1], ["wrong-secret", 1]));
  await recordRefusals(redis, [third], counts(["too-large", 1]));
  expect(await listRefusals(redis)).toEqual({
    last: [third, second, first],
    counts: { "no-secret": 1, "wrong-secret": 1, "too-large": 1 },
  });
});

test("the last 100 are kept, in order, whether they come at once or one after another", async () => {
  const redis = await emptyRedis();
  await recordRefusals(redis, refusals(1, 150), NONE);
  expect((await listRefusals(redis)).last).toEqual(refusals(51, 150));
  await recordRefusals(redis, refusals(151, 190), NONE);
  expect((await listRefusals(redis)).last).toEqual(refusals(91, 190));
  expect(await redis.llen(keys.refusals)).toBe(100);
});

test("counts add up by reason, also of those that are not among the last, from many at once", async () => {
  const redis = await emptyRedis();
  await Promise.all(
    Array.from({ length: 20 }, () =>
      recordRefusals(redis, refusals(1, 2), counts(["wrong-secret", 500], ["no-secret", 1])),
    ),
  );
  const { last, counts: counted } = await listRefusals(redis);
  expect(counted).toEqual({ "wrong-secret": 10_000, "no-secret": 20 });
  expect(last).toHaveLength(40);
});

test("counts without refusals, and nothing at all, are fine", async () => {
  const redis = await emptyRedis();
  await recordRefusals(redis, [], counts(["too-large", 3]));
  await recordRefusals(redis, [], NONE);
  expect(await listRefusals(redis)).toEqual({ last: [], counts: { "too-large": 3 } });
});

test("a count that Redis refuses is an error", async () => {
  const redis = await emptyRedis();
  await expect(recordRefusals(redis, refusals(1, 1), counts(["no-secret", 0.5]))).rejects.toThrow(/integer/);
});
