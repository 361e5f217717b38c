import { describe, expect, it } from "vitest";
import { fixed } from "./backoff.ts";
import { Misconfigured, PermanentError, RetryLater, RunAborted, TimedOut } from "./errors.ts";
import { judgeFailure, type RetryRules, type Verdict } from "./retry-rules.ts";

const rules: RetryRules = { attempts: 5, backoff: fixed("10s"), maxAgeMs: 60_000 };
const firstAttemptAt = 1_000_000;

class OwnPermanentError extends PermanentError {}

describe("judgeFailure", () => {
  it.each<[string, unknown, { failed?: number; age?: number }, Verdict]>([
    ["any error", new Error("x"), {}, { type: "retry", delayMs: 10_000 }],
    ["any thrown value", "x", {}, { type: "retry", delayMs: 10_000 }],
    ["nothing thrown", undefined, {}, { type: "retry", delayMs: 10_000 }],
    ["the last but one attempt", new Error("x"), { failed: 4 }, { type: "retry", delayMs: 10_000 }],
    ["the last attempt", new Error("x"), { failed: 5 }, { type: "dead" }],
    ["more attempts than there are", new Error("x"), { failed: 6 }, { type: "dead" }],
    ["PermanentError", new PermanentError("x"), {}, { type: "dead" }],
    ["a subclass of it", new OwnPermanentError("x"), {}, { type: "dead" }],
    ["Misconfigured", new Misconfigured("x"), {}, { type: "pause" }],
    ["Misconfigured in the last attempt", new Misconfigured("x"), { failed: 5 }, { type: "pause" }],
    ["RetryLater", new RetryLater("15s"), {}, { type: "later", delayMs: 15_000 }],
    [
      "RetryLater in the last attempt",
      new RetryLater("15s"),
      { failed: 5 },
      { type: "later", delayMs: 15_000 },
    ],
    [
      "RetryLater up to its greatest age",
      new RetryLater("15s"),
      { age: 45_000 },
      { type: "later", delayMs: 15_000 },
    ],
    ["RetryLater beyond its greatest age", new RetryLater("15s"), { age: 45_001 }, { type: "dead" }],
    ["RetryLater for longer than its greatest age", new RetryLater("2m"), {}, { type: "dead" }],
    ["TimedOut", new TimedOut(1_000, false), {}, { type: "retry", delayMs: 10_000 }],
    ["TimedOut that goes on", new TimedOut(1_000, true), {}, { type: "retry", delayMs: 30_000 }],
    ["TimedOut that goes on, at last", new TimedOut(1_000, true), { failed: 5 }, { type: "dead" }],
    ["RunAborted", new RunAborted("x"), {}, { type: "retry", delayMs: 10_000 }],
  ])("judges %s", (_, error, { failed = 1, age = 0 }, verdict) => {
    const run = { error, failed, firstAttemptAt, now: firstAttemptAt + age, random: 0 };
    expect(judgeFailure(run, rules)).toEqual(verdict);
  });

  it("does not shorten a longer wait after a handler that goes on", () => {
    const run = { error: new TimedOut(1, true), failed: 1, firstAttemptAt, now: firstAttemptAt, random: 0 };
    expect(judgeFailure(run, { ...rules, backoff: fixed("1h") })).toEqual({
      type: "retry",
      delayMs: 3_600_000,
    });
  });

  it("asks the processor's own backoff, with the failures and the chance", () => {
    const asked: number[][] = [];
    const backoff = (...given: [number, number]): number => {
      asked.push(given);
      return 1;
    };
    const run = { error: new Error("x"), failed: 3, firstAttemptAt, now: firstAttemptAt, random: 0.25 };
    expect(judgeFailure(run, { ...rules, backoff })).toEqual({ type: "retry", delayMs: 1 });
    expect(asked).toEqual([[3, 0.25]]);
  });
});
