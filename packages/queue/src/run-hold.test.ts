import { expect, test } from "vitest";
import { RunHold } from "./run-hold.ts";

test("who asks for the signal sees an abort that comes later, and why", () => {
  const hold = new RunHold();
  const { signal } = hold;
  expect(signal.aborted).toBe(false);
  hold.abort(new Error("first"));
  hold.abort(new Error("second"));
  expect(signal.reason).toEqual(new Error("first"));
  expect(hold.reason).toEqual(new Error("first"));
  expect(hold.signal).toBe(signal);
});

test("who asks for the signal after the abort gets one that says so", () => {
  const hold = new RunHold();
  hold.abort(new Error("over"));
  expect(hold.signal.aborted).toBe(true);
  expect(hold.signal.reason).toEqual(new Error("over"));
});

test("who waits no longer does not tell the handler to stop", () => {
  const hold = new RunHold();
  hold.cut(new Error("the worker stopped"));
  expect(hold.aborted).toBe(false);
  expect(hold.signal.aborted).toBe(false);
});
