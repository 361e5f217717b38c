import { describe, expect, test } from "vitest";
import type { Diagnosis, Overview } from "../../api/types.ts";
import { findProblems } from "./problems.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

type Processor = Overview["processors"][number];

const processor: Processor = {
  name: "discord",
  subscriptions: [{ on: ["*"] }],
  since: NOW - MINUTE,
  workers: 1,
  seenAt: NOW,
  waiting: 0,
  oldestWaitingAt: null,
  active: 0,
  delayed: 0,
  dead: 0,
  paused: null,
  removed: false,
  perMinute: 0,
  failedPerMinute: 0,
  p95Ms: null,
  rules: null,
};

const well: Overview = {
  at: NOW,
  refusals: { total: 0, byReason: {}, groups: [] },
  lastEvent: null,
  redis: { level: "disk", findings: [], version: "7.4.0", usedMemory: 10, maxMemory: 100 },
  workers: { live: 1, silent: 0 },
  spools: [],
  inbox: {
    waiting: 0,
    oldestWaitingAt: null,
    entries: 0,
    bytes: 0,
    oldestReceivedAt: null,
    accepted: 1,
    duplicates: 0,
    unsubscribed: 0,
  },
  processors: [processor],
  rates: { accepted: 0, duplicates: 0, refused: 0 },
  latency: null,
  memory: { used: 10, max: 100, owners: [] },
  dead: { total: 0, lastHour: 0, hourBefore: 0 },
  runs: 0,
};

const kinds = (overview: Overview, diagnosis?: Diagnosis) =>
  findProblems(overview, diagnosis).map(({ kind }) => kind);
const withProcessor = (changes: Partial<Processor>): Overview => ({
  ...well,
  processors: [{ ...processor, ...changes }],
});
const diagnose = (...findings: Diagnosis["findings"]): Diagnosis => ({
  healthy: true,
  durability: "disk",
  findings,
});

describe("the verdict", () => {
  test("finds nothing where all is well", () => {
    expect(kinds(well)).toEqual([]);
    expect(kinds(well, diagnose({ check: "clock", level: "ok", message: "", remedy: null }))).toEqual([]);
  });

  test("calls for refusals of the last day, not for those of last week", () => {
    const refused = (last: number): Overview => ({
      ...well,
      refusals: {
        total: 9,
        byReason: { "wrong-secret": 9 },
        groups: [{ reason: "wrong-secret", host: "a.test", count: 9, first: last, last }],
      },
    });
    expect(findProblems(refused(NOW - MINUTE))).toMatchObject([{ kind: "refused", level: "bad", count: 9 }]);
    expect(kinds(refused(NOW - 25 * 60 * MINUTE))).toEqual([]);
  });

  test("says once that no worker lives, not for every processor", () => {
    const none = { ...withProcessor({ workers: 0 }), workers: { live: 0, silent: 1 } };
    expect(kinds(none)).toEqual(["no-workers"]);
  });

  test.each([
    ["without a worker", { workers: 0 }, ["workerless"]],
    ["removed and without one", { workers: 0, removed: true }, []],
    [
      "paused, and old for that reason",
      { paused: { by: "mio", why: "", at: 1 }, oldestWaitingAt: 1 },
      ["paused"],
    ],
    ["whose oldest job waits for 11 minutes", { oldestWaitingAt: NOW - 11 * MINUTE }, ["old"]],
    ["whose oldest job waits for 9 minutes", { oldestWaitingAt: NOW - 9 * MINUTE }, []],
  ] as const)("of a processor %s", (_, changes, expected) => {
    expect(kinds(withProcessor(changes))).toEqual(expected);
  });

  test("calls for events that no dispatcher reads for over a minute", () => {
    const since = (ms: number): Overview => ({
      ...well,
      inbox: { ...well.inbox, waiting: 1, oldestWaitingAt: NOW - ms },
    });
    expect(kinds(since(MINUTE + 1))).toEqual(["dispatch"]);
    expect(kinds(since(MINUTE))).toEqual([]);
  });

  test("calls for memory above 80 %, and never where no limit is set", () => {
    const used = (usedMemory: number, maxMemory: number): Overview => ({
      ...well,
      redis: { ...well.redis, usedMemory, maxMemory },
    });
    expect(kinds(used(81, 100))).toEqual(["memory"]);
    expect(kinds(used(80, 100))).toEqual([]);
    expect(kinds(used(81, 0))).toEqual([]);
  });

  test("calls for a durability below disk, unless the doctor knows that this is what was asked for", () => {
    const second: Overview = { ...well, redis: { ...well.redis, level: "second" } };
    expect(kinds(second)).toEqual(["durability"]);
    expect(kinds(second, diagnose({ check: "durability", level: "ok", message: "", remedy: null }))).toEqual(
      [],
    );
    expect(
      kinds(second, diagnose({ check: "durability", level: "fail", message: "", remedy: null })),
    ).toEqual(["durability"]);
  });

  test("hands on what else the doctor finds, the worst first, and nothing twice", () => {
    const diagnosis = diagnose(
      { check: "clock", level: "warn", message: "off", remedy: "NTP" },
      { check: "memory", level: "fail", message: "full", remedy: null },
      { check: "disk", level: "fail", message: "no room", remedy: null },
    );
    expect(
      findProblems({ ...well, dead: { total: 1, lastHour: 0, hourBefore: 0 } }, diagnosis),
    ).toMatchObject([
      { kind: "finding", level: "bad", message: "no room" },
      { kind: "dead", level: "warn" },
      { kind: "finding", level: "warn", message: "off" },
    ]);
  });
});
