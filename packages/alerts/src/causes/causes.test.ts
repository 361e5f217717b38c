import { expect, test } from "vitest";
import type { Readings } from "../facts.ts";
import type { RefusedNow } from "../observe-refusals.ts";
import { group, NOW, processor, readings } from "../test-support/readings.ts";
import { toPlain } from "../test-support/to-plain.ts";
import { findCauses } from "./index.ts";

const MINUTE = 60_000;

function find(changes: Partial<Readings>, refused: readonly RefusedNow[] = []): object[] {
  const causes = findCauses({ ...readings(changes), refused });
  return causes.map(({ title, what, ...rest }) => ({ ...rest, title: toPlain(title), what: toPlain(what) }));
}

const ids = (changes: Partial<Readings>): unknown[] =>
  find(changes).map((cause) => "id" in cause && cause.id);

test("finds nothing while all is well", () => {
  expect(find({})).toEqual([]);
});

test("tells of an open group of dead letters by its normalised message, with its age, size and remedy", () => {
  expect(find({ groups: [group()] })).toEqual([
    {
      id: "dead:relay:0123456789ab",
      level: "notice",
      title: "dead letters of relay: TargetFailed TARGET_FAILED: The target of RELAY_URL answered <n>.",
      what: "3 dead letters of relay, since 14:02 UTC (6 min ago): TargetFailed TARGET_FAILED: The target of RELAY_URL answered <n>.",
      help: { command: "misskeep dead groups relay", path: "/dead/groups/0123456789ab" },
      news: NOW - MINUTE,
      silent: false,
    },
  ]);
});

test("is silent about a group that is resolved, empty or muted, and not once the time of muting has passed", () => {
  const resolved = { by: "mio", why: "", at: NOW - MINUTE };
  expect(ids({ groups: [group({ state: "resolved", resolved }), group({ count: 0 })] })).toEqual([]);
  expect(find({ groups: [group({ mutedUntil: NOW + 1 })] })).toMatchObject([{ silent: true }]);
  expect(find({ groups: [group({ mutedUntil: NOW })] })).toMatchObject([{ silent: false }]);
});

test("takes a group that was resolved and came back for another cause, each time", () => {
  const reopened = (at: number): unknown[] =>
    ids({ groups: [group({ state: "reopened", resolved: { by: "mio", why: "", at } })] });
  const all = [ids({ groups: [group()] }), reopened(1_000), reopened(2_000)].flat();
  expect(new Set(all).size).toBe(3);
});

test("tells of a processor that no worker has run for 5 minutes", () => {
  const gone = (seenAt: number): Partial<Readings> => ({
    processors: [processor({ workers: 0, seenAt, waiting: 12, oldestWaitingAt: seenAt })],
  });
  expect(ids(gone(NOW - 5 * MINUTE + 1))).toEqual([]);
  expect(find(gone(NOW - 5 * MINUTE))).toMatchObject([
    {
      id: "no-worker:relay",
      level: "down",
      what: "No worker runs relay since 14:03 UTC (5 min ago); 12 events wait. Start one, or remove the processor if it is wanted no more.",
    },
  ]);
  expect(ids({ processors: [processor({ workers: 0, seenAt: 0, removed: true })] })).toEqual([]);
});

test("tells of a processor that paused itself, not of one that a person paused", () => {
  const paused = (by: string): Partial<Readings> => ({
    processors: [
      processor({ paused: { by, why: "The target answered 404.", at: NOW - MINUTE }, waiting: 1 }),
    ],
  });
  expect(ids(paused("mio"))).toEqual([]);
  expect(find(paused("relay"))).toMatchObject([
    {
      id: "paused:relay",
      level: "down",
      what: "relay paused itself 14:07 UTC (1 min ago): The target answered 404. 1 event waits. Mend its settings, restart its workers, then resume it.",
    },
  ]);
});

test("tells of events that wait over 10 minutes in the inbox or for a processor", () => {
  const old = { waiting: 2, oldestWaitingAt: NOW - 10 * MINUTE };
  const young = { waiting: 2, oldestWaitingAt: NOW - 10 * MINUTE + 1 };
  expect(ids({ inbox: young, processors: [processor(young)] })).toEqual([]);
  expect(find({ inbox: old, processors: [processor(old)] })).toMatchObject([
    {
      id: "inbox-waiting",
      level: "down",
      what: "2 events wait for a dispatcher; the next one was received 13:58 UTC (10 min ago).",
    },
    { id: "waiting:relay", level: "down" },
  ]);
});

test("does not tell of waiting where another cause explains it, nor of old events that a run gives", () => {
  const old = { waiting: 2, oldestWaitingAt: NOW - 60 * MINUTE };
  expect(ids({ processors: [processor({ ...old, workers: 0, seenAt: NOW - MINUTE })] })).toEqual([]);
  expect(ids({ processors: [processor({ ...old, paused: { by: "relay", why: "", at: 0 } })] })).toEqual([
    "paused:relay",
  ]);
  expect(ids({ processors: [processor({ ...old, hasRun: true })] })).toEqual([]);
  // What a run gave it waits for the person, too.
  expect(
    ids({ processors: [processor({ ...old, hasRun: true, paused: { by: "mio", why: "", at: 0 } })] }),
  ).toEqual(["waiting:relay"]);
  expect(find({ processors: [processor({ ...old, paused: { by: "mio", why: "", at: 0 } })] })).toMatchObject([
    { what: "2 events wait for relay, which mio paused; the next one was received 13:08 UTC (60 min ago)." },
  ]);
});

test("tells of refusals by reason, with what the senders claim to be", () => {
  const refused = {
    reason: "wrong-secret",
    count: 7,
    since: NOW - 2 * MINUTE,
    hosts: ["a", "b", "c", "d", "e"],
  };
  expect(find({}, [refused, { ...refused, reason: "new", count: 1, hosts: [] }])).toMatchObject([
    {
      id: "refused:wrong-secret",
      level: "notice",
      what: "7 deliveries refused (wrong-secret) since 14:06 UTC (2 min ago), from a, b, c and 2 others. Misskey does not send them again. Compare the secret in Misskey with MISSKEY_HOOK_SECRETS.",
    },
    { id: "refused:new" },
  ]);
});

test("tells of durability below what DURABILITY asks for", () => {
  const redis = {
    level: "second",
    findings: ["appendfsync is everysec."],
    usedMemory: 1,
    maxMemory: 0,
  } as const;
  expect(ids({ redis, wanted: "second" })).toEqual([]);
  expect(find({ redis })).toMatchObject([
    {
      id: "durability",
      level: "down",
      what: "Durability is second, and DURABILITY asks for disk: events go to the spool. appendfsync is everysec.",
    },
  ]);
});

test("tells of memory above 80 % of maxmemory, where there is one", () => {
  const uses = (usedMemory: number, maxMemory: number): Partial<Readings> => ({
    redis: { level: "disk", findings: [], usedMemory, maxMemory },
  });
  const mib = 1024 ** 2;
  expect(ids(uses(80 * mib, 100 * mib))).toEqual([]);
  expect(ids(uses(81 * mib, 0))).toEqual([]);
  expect(find(uses(81 * mib, 100 * mib))).toMatchObject([
    {
      id: "memory",
      level: "down",
      what: "Redis uses 81 of 100 MiB (81 %). Above 80 % events go to the spool.",
    },
  ]);
});

test("tells of events that stay in a spool though Redis can be reached, of files set aside, and of a spool out of use", () => {
  const spool = {
    id: "s1",
    at: NOW,
    host: "web-1",
    files: 0,
    bytes: 0,
    maxBytes: 100,
    oldestReceivedAt: null,
    aside: 0,
    refusal: null,
  };
  expect(ids({ spools: [spool, { ...spool, files: 9, oldestReceivedAt: NOW - MINUTE }] })).toEqual([]);
  expect(find({ spools: [{ ...spool, files: 2, oldestReceivedAt: NOW - 2 * MINUTE }] })).toMatchObject([
    {
      id: "spool:s1",
      level: "down",
      what: "2 events in the spool of ingest on web-1, and not in Redis; the oldest was received 14:06 UTC (2 min ago).",
      holdMs: 30_000,
    },
  ]);
  expect(find({ spools: [{ ...spool, aside: 1 }] })).toMatchObject([
    { id: "spool-aside:s1", level: "notice", news: 1 },
  ]);
  expect(find({ spools: [{ ...spool, refusal: "SPOOL_FULL" }] })).toMatchObject([
    { id: "spool-unusable:s1", level: "notice", what: expect.stringContaining("(SPOOL_FULL)") },
  ]);
});
