import { spawn, type ChildProcess } from "node:child_process";
import { until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { supervise, type Supervised } from "./supervise.ts";

interface Watched {
  readonly supervised: Supervised;
  readonly children: readonly ChildProcess[];
  readonly errors: readonly string[];
  readonly hopeless: readonly string[];
}

/** @param sources what the first process runs, the second one, and so on; the last one for all after it */
function watch(sources: readonly string[], settledAfterMs = 60_000): Watched {
  const children: ChildProcess[] = [];
  const errors: string[] = [];
  const hopeless: string[] = [];
  const supervised = supervise({
    name: "app",
    spawn: () => {
      const source = sources[children.length] ?? sources.at(-1) ?? "";
      const child = spawn(process.execPath, ["-e", source], { stdio: "ignore" });
      children.push(child);
      return child;
    },
    log: { error: (_fields, message) => errors.push(message) },
    onHopeless: (reason) => hopeless.push(reason),
    settledAfterMs,
    firstDelayMs: 10,
  });
  onTestFinished(() => supervised.kill());
  return { supervised, children, errors, hopeless };
}

const RUNS = "setInterval(() => {}, 1000)";
const hasEnded = (child: ChildProcess | undefined): boolean =>
  child !== undefined && (child.exitCode !== null || child.signalCode !== null);

test("an app that is killed starts again, and that is said", async () => {
  const { children, errors } = watch([RUNS]);
  children[0]?.kill("SIGKILL");
  await until(() => children.length === 2);
  expect(errors).toEqual([expect.stringMatching(/app ended unexpectedly, by SIGKILL/)]);
});

test("an app that fails after it had started well starts again, every time", async () => {
  const { children } = watch([RUNS, "process.exit(1)", RUNS], 1);
  await new Promise((resolve) => children[0]?.once("spawn", resolve));
  children[0]?.kill("SIGKILL");
  await until(() => children.length === 3);
  expect(hasEnded(children[1])).toBe(true);
});

test("wrong settings end it all instead of starting in a circle", async () => {
  const { children, hopeless } = watch([RUNS, "process.exit(78)"], 1);
  children[0]?.kill("SIGKILL");
  await until(() => hopeless.length === 1);
  expect(hopeless[0]).toMatch(/exit code 78/);
  expect(children).toHaveLength(2);
});

test("an app that fails at its first start is not started again", async () => {
  const { children, hopeless } = watch(["process.exit(1)"]);
  await until(() => hopeless.length === 1);
  expect(children).toHaveLength(1);
});

test("a stop waits for the end, and nothing starts after it", async () => {
  const slow = `process.on("SIGTERM", () => setTimeout(() => process.exit(0), 100)); ${RUNS}`;
  const { supervised, children, errors } = watch([slow]);
  await supervised.stop();
  expect(hasEnded(children[0])).toBe(true);
  expect(children).toHaveLength(1);
  expect(errors).toEqual([]);
  await supervised.stop();
});

test("a stop that hangs ends by a kill", async () => {
  const deaf = `process.on("SIGTERM", () => {}); ${RUNS}`;
  const { supervised, children } = watch([deaf]);
  const stopped = supervised.stop();
  supervised.kill();
  await stopped;
  expect(hasEnded(children[0])).toBe(true);
});

test("a restart puts a new process in the place of the old one, silently", async () => {
  const { supervised, children, errors } = watch([RUNS]);
  supervised.restart();
  await until(() => children.length === 2);
  expect(hasEnded(children[0])).toBe(true);
  expect(errors).toEqual([]);
});
