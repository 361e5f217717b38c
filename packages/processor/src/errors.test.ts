import { describe, expect, it } from "vitest";
import { Misconfigured, PermanentError, RetryLater, RunAborted, TimedOut } from "./errors.ts";

describe("RetryLater", () => {
  it("takes a duration, of a second at least", () => {
    expect(new RetryLater("90s").delayMs).toBe(90_000);
    expect(new RetryLater(20).delayMs).toBe(1_000);
    expect(new RetryLater(0).delayMs).toBe(1_000);
  });

  it("refuses what is no duration", () => {
    expect(() => new RetryLater(Number.NaN)).toThrow(RangeError);
  });

  it("says why, and keeps its cause", () => {
    const cause = new Error("429");
    expect(new RetryLater("1m", "slow down", { cause })).toMatchObject({ message: "slow down", cause });
  });
});

describe("every error of the contract", () => {
  it.each([
    [new PermanentError("x"), "PermanentError", "PERMANENT"],
    [new RetryLater("1s"), "RetryLater", "RETRY_LATER"],
    [new Misconfigured("x"), "Misconfigured", "MISCONFIGURED"],
    [new TimedOut(30_000, false), "TimedOut", "TIMED_OUT"],
    [new RunAborted("x"), "RunAborted", "RUN_ABORTED"],
  ])("has a name and a stable code: %s", (error, name, code) => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code });
  });

  it("tells of a time-out how long it was, and whether the handler stopped", () => {
    expect(new TimedOut(30_000, false).message).toBe("took longer than 30 s");
    expect(new TimedOut(30_000, true).message).toMatch(/did not stop/);
  });
});
