import { recordRefusals } from "@misskeep/inbox";
import { createRun, pauseProcessor, pauseRun, setGroupMuted, setGroupResolved } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { findCauses } from "./causes/index.ts";
import type { Readings } from "./facts.ts";
import { observeRefusals } from "./observe-refusals.ts";
import { readFacts } from "./read-facts.ts";
import { deploy } from "./test-support/deployment.ts";

/** Ids of the causes found in them. */
function causesIn(readings: Readings): string[] {
  const { refused } = observeRefusals(readings.refusals, undefined, readings.at);
  return findCauses({ ...readings, refused })
    .filter(({ silent }) => !silent)
    .map(({ id }) => id);
}

test("reads from a real deployment what causes are found in", async () => {
  const { context, receive } = await deploy(() => "no room");
  const { redis, queues } = context;
  const read = (): Promise<Readings> => readFacts(context, "disk", []);
  expect(causesIn(await read())).toEqual([]);

  await receive({ type: "test" });
  const { groups, at: lookedAt } = await until(async () => {
    const readings = await read();
    return readings.groups.length > 0 ? readings : undefined;
  });
  expect(groups).toMatchObject([
    {
      processor: "p",
      error: { name: "PermanentError", code: "PERMANENT" },
      message: "no room",
      count: 1,
      state: "open",
      resolved: null,
      mutedUntil: null,
    },
  ]);
  const group = groups[0]?.group ?? "";
  expect(causesIn(await read())).toEqual([`dead:p:${group}`]);

  await setGroupMuted(redis, "p", group, lookedAt + 3_600_000);
  expect(causesIn(await read())).toEqual([]);
  await setGroupMuted(redis, "p", group, null);
  const resolvedAt = Date.now();
  await setGroupResolved(redis, "p", group, {
    by: "mio",
    why: "",
    at: resolvedAt,
    upTo: groups[0]?.lastDiedAt ?? 0,
  });
  expect(causesIn(await read())).toEqual([]);
  await until(async () => {
    await receive({ type: "test", n: Math.random() });
    return causesIn(await read()).includes(`dead:p:${group}:${resolvedAt}`);
  });

  await pauseProcessor(redis, queues, "p", { by: "p", why: "wrong settings", at: Date.now() });
  await recordRefusals(redis, [{ at: Date.now(), reason: "wrong-secret" }], new Map([["wrong-secret", 1]]));
  expect(causesIn(await read())).toEqual([
    "paused:p",
    "refused:wrong-secret",
    `dead:p:${group}:${resolvedAt}`,
  ]);

  expect((await read()).processors.find(({ name }) => name === "p")).toMatchObject({ hasRun: false });
  const at = Date.now();
  const filter = { processor: "p" };
  const run = {
    processor: "p",
    name: "",
    by: "mio",
    why: "",
    createdAt: at,
    until: at,
    total: 1,
    guard: null,
  };
  const scope = { kind: "replay", filter } as const;
  const result = await createRun(redis, { ...run, kind: "replay", scope, ratePerSecond: null });
  const id = "created" in result ? result.created : "";
  expect((await read()).processors.find(({ name }) => name === "p")).toMatchObject({ hasRun: true });
  await pauseRun(redis, "p", id, "");
  expect((await read()).processors.find(({ name }) => name === "p")).toMatchObject({ hasRun: false });
});

test("with more groups than are looked at, the newest are read, and of the others none is called gone", async () => {
  const letter = (n: number): string => String.fromCodePoint(97 + (Math.floor(n) % 26));
  let deaths = 0;
  // Numbers would be taken for what differs from letter to letter.
  const { context, receive } = await deploy(() => `${letter(++deaths)}${letter(deaths / 26)} is lost`);
  await Promise.all(Array.from({ length: 130 }, (_, n) => receive({ type: "test", n })));
  const key = keys.dead("p", "groups");
  await until(async () => (await context.redis.hlen(key)) === 130);
  const known = (await context.redis.hkeys(key)).map((group) => `dead:p:${group}`);

  const { groups, unseen } = await readFacts(context, "disk", [...known, "memory", "dead:q:ab"]);
  expect(groups).toHaveLength(120);
  expect(unseen.size).toBe(10);
  const read = new Set(groups.map(({ group }) => `dead:p:${group}`));
  expect(known.every((id) => read.has(id) !== unseen.has(id))).toBe(true);
  expect((await readFacts(context, "disk", [])).groups).toHaveLength(100);
});
