import { expect, test } from "vitest";
import { keys, readJobKey } from "./keys.ts";

/** What Redis Cluster hashes of a key: what stands between the first `{` and the next `}`. */
const hashTag = (key: string): string | undefined => /^[^{]*\{([^}]+)\}/.exec(key)?.[1];

test("all keys of the inbox lie in one slot of a Redis Cluster", () => {
  const fixed = Object.values(keys).filter((key) => typeof key === "string");
  expect(fixed).toHaveLength(14);
  expect(new Set([...fixed, keys.seen("di{ge}st")].map(hashTag))).toEqual(new Set(["0"]));
});

test("all keys of a processor lie in one slot, and not all processors in the same", () => {
  const of = (name: string): string[] => [
    keys.once(name, "digest"),
    keys.paused(name),
    keys.queuePrefix(name),
    keys.queue(name, "failed"),
  ];
  expect(new Set(of("discord").map(hashTag))).toEqual(new Set(["discord"]));
  expect(new Set(of("relay").map(hashTag))).toEqual(new Set(["relay"]));
});

test("no two keys are the same, also of processors with confusing names", () => {
  const all = [
    ...Object.values(keys).filter((key) => typeof key === "string"),
    keys.seen("x"),
    ...["discord", "paused", "once", "inbox", "0"].flatMap((name) => [
      keys.once(name, "x"),
      keys.paused(name),
      keys.queue(name, "failed"),
      keys.queue(name, "meta"),
    ]),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test("a job's key tells whose it is, and no other key looks like one", () => {
  for (const id of ["0-1795485891939-0", "0-1-1~abcdefgh1234"])
    expect(readJobKey(keys.queue("discord", id))).toEqual({ processor: "discord", id });
  const others = [
    ...Object.values(keys).filter((key) => typeof key === "string"),
    ...["failed", "0-1-1:lock", "0-1-1:logs", "0-1-1~r:lock", "id", "stalled-check"].map((key) =>
      keys.queue("discord", key),
    ),
    keys.dead("discord", "0-1-1"),
    keys.once("discord", "0-1-1"),
    keys.run("discord", "0-1-1"),
    keys.seen("0-1-1"),
    "misskeep:{discord}:mail:0-1-1",
  ];
  for (const key of others) expect(readJobKey(key), key).toBeUndefined();
});
