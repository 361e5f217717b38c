import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { cpuOf, parsePsTime, parseStat } from "./cpu.ts";

test("a process's name may hold what would end it", () => {
  const text = "7 (a) b) S 3 7 7 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 1 0 9 9";
  expect(parseStat(text)).toEqual({ parent: 3, ownUs: 2_000_000, childrenUs: 500_000 });
});

test.each([
  ["00:01:05", 65],
  ["1:05.50", 65.5],
  ["2-03:00:00", 2 * 86_400 + 3 * 3_600],
])("ps' time %s is %d s", (text, seconds) => {
  expect(parsePsTime(text)).toBe(seconds);
});

/** Burns CPU until its own account says so, then tells, and waits. */
const BURN_MS = 300;
const burn = `while (process.cpuUsage().user < ${BURN_MS * 1_000});`;

test.each(
  [
    ["a process", `${burn} console.log("done"); setInterval(() => {}, 1e6);`],
    [
      "its child that ended",
      `require("child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(burn)}]);
     console.log("done"); setInterval(() => {}, 1e6);`,
    ],
    [
      "its child that lives",
      `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(
        `${burn} console.log("done"); setInterval(() => {}, 1e6);`,
      )}], { stdio: "inherit" });
     process.on("exit", () => {});`,
    ],
  ].filter(([what]) => process.platform === "linux" || what === "a process"),
)("the time of %s is counted", async (_, code) => {
  // A group of its own, so that the child ends with it.
  const child = spawn(process.execPath, ["-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), "SIGKILL"));
  await once(child.stdout, "data");
  expect(cpuOf([child.pid ?? 0])).toBeGreaterThanOrEqual(BURN_MS * 1_000);
});

test("a process that is gone took nothing", () => {
  expect(cpuOf([2 ** 22 + 1])).toBe(0);
});
