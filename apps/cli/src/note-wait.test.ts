import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { noteWait } from "./note-wait.ts";
import { createTerminal, type TerminalStreams } from "./terminal.ts";

/** A promise that the test settles. */
function makeDeferred() {
  let [resolve, reject] = [(_value: string): void => {}, (_error: Error): void => {}];
  const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

/** stderr as a terminal or as a pipe, and what was written there. */
function makeStderr(isTTY: boolean) {
  const stderr = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  const streams = { stdin: process.stdin, stdout: process.stdout, stderr } as unknown as TerminalStreams;
  const terminal = createTerminal(streams);
  return { terminal, stderr, written: () => (stderr.read() as string | null) ?? "" };
}

test("a person is told that Redis does not answer yet, and the line is gone before what comes of it", async () => {
  const { terminal, stderr, written } = makeStderr(true);
  const { promise, resolve } = makeDeferred();
  const waiting = noteWait(terminal, promise, 1);
  await once(stderr, "readable");
  expect(written()).toContain("Redis does not answer yet");
  resolve("here");
  expect(await waiting).toBe("here");
  expect(written()).toBe("\r\u001B[K");
});

test("so it is when Redis never answers", async () => {
  const { terminal, stderr, written } = makeStderr(true);
  const { promise, reject } = makeDeferred();
  const waiting = noteWait(terminal, promise, 1);
  await once(stderr, "readable");
  written();
  reject(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  expect(written()).toBe("\r\u001B[K");
});

test("who is answered in time hears nothing, and neither does a pipe", async () => {
  const fast = makeStderr(true);
  await noteWait(fast.terminal, Promise.resolve(), 60_000);
  expect(fast.written()).toBe("");
  const pipe = makeStderr(false);
  const { promise, resolve } = makeDeferred();
  const waiting = noteWait(pipe.terminal, promise, 0);
  setTimeout(() => resolve(""), 20);
  await waiting;
  expect(pipe.written()).toBe("");
});
