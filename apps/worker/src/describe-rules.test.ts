import { DEFAULT_RETRY, exponential, fixed } from "@misskeep/processor";
import { expect, test } from "vitest";
import { describeRules } from "./describe-rules.ts";

const rules = (retry: Partial<typeof DEFAULT_RETRY>) =>
  describeRules({ retry: { ...DEFAULT_RETRY, ...retry }, timeoutMs: 30_000, concurrency: 4 }, []);

test("the waits are those between attempts, as if nothing were left to chance", () => {
  const backoff = exponential({ first: "5s", max: "20s", jitter: 0.5 });
  expect(rules({ attempts: 5, backoff })).toEqual({
    attempts: 5,
    backoffMs: [5_000, 10_000, 20_000, 20_000],
    maxAgeMs: 86_400_000,
    timeoutMs: 30_000,
    concurrency: 4,
    rateLimit: null,
    settings: [],
  });
  expect(rules({ attempts: 1 }).backoffMs).toEqual([]);
});

test("of many waits the first twenty are told", () => {
  expect(rules({ attempts: 1_000_000, backoff: fixed("1s") }).backoffMs).toHaveLength(20);
});

test("a backoff of an author's that fails costs nothing but its waits", () => {
  const failsAt = (at: number, how: () => number) => (failed: number) => (failed < at ? 1_000 : how());
  const throws = (): never => {
    throw new Error("mine");
  };
  expect(rules({ backoff: failsAt(3, throws) }).backoffMs).toEqual([1_000, 1_000]);
  expect(rules({ backoff: failsAt(2, () => Number.NaN) }).backoffMs).toEqual([1_000]);
});
