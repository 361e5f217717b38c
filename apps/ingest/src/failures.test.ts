import { expect, test } from "vitest";
import { DeadlineError, within } from "./deadline.ts";
import { toUnavailableCode } from "./failures.ts";

const reply = (message: string): Error => Object.assign(new Error(message), { name: "ReplyError" });
const network = (code: string): Error => Object.assign(new Error("connect"), { code });

test.each([
  [reply("OOM command not allowed when used memory > 'maxmemory'."), "REDIS_FULL"],
  [reply("READONLY You can't write against a read only replica."), "REDIS_UNAVAILABLE"],
  [reply("NOREPLICAS Not enough good replicas to write."), "REDIS_UNAVAILABLE"],
  [reply("LOADING Redis is loading the dataset in memory"), "REDIS_UNAVAILABLE"],
  [reply("MISCONF Redis is configured to save RDB snapshots"), "REDIS_UNAVAILABLE"],
  [reply("CLUSTERDOWN The cluster is down"), "REDIS_UNAVAILABLE"],
  [reply("BUSY Redis is busy running a script."), "REDIS_UNAVAILABLE"],
  [reply("BADARG receivedAt is no whole number"), "INTERNAL"],
  [reply("ERR unknown command"), "INTERNAL"],
  [reply("WRONGTYPE Operation against a key holding the wrong kind of value"), "INTERNAL"],
  [network("ECONNRESET"), "REDIS_UNAVAILABLE"],
  [new Error("Connection is closed."), "REDIS_UNAVAILABLE"],
  [new Error("Command timed out"), "REDIS_UNAVAILABLE"],
  [new DeadlineError("late"), "REDIS_UNAVAILABLE"],
  [new TypeError("x is not a function"), "INTERNAL"],
  ["thrown text", "INTERNAL"],
])("sorts %s", (error, code) => {
  expect(toUnavailableCode(error)).toBe(code);
});

test("waits for a promise only so long", async () => {
  await expect(within(10, new Promise(() => {}))).rejects.toBeInstanceOf(DeadlineError);
  await expect(within(10_000, Promise.resolve(7))).resolves.toBe(7);
  await expect(within(10_000, Promise.reject(new Error("own")))).rejects.toThrow("own");
});
