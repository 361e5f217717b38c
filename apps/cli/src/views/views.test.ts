import type {
  AuditPage,
  DeadGroup,
  DeadLetterDetails,
  DeadLetterPage,
  DiscardedPage,
  EventContent,
  EventDetails,
  EventSummary,
  Overview,
  Run,
  RunItem,
  RunPlan,
} from "@misskeep/operations";
import { describe, expect, test } from "vitest";
import { createPaint } from "../text/paint.ts";
import { auditView } from "./audit.ts";
import { deadListView } from "./dead.ts";
import { deadLetterView } from "./dead-letter.ts";
import { discardedView } from "./discarded.ts";
import { changesOf, editView } from "./edit.ts";
import { erasePlanView, erasureView } from "./erase.ts";
import { eventView } from "./event.ts";
import { eventsView, tailLine } from "./events.ts";
import { groupsView, groupView } from "./groups.ts";
import type { Look } from "./look.ts";
import { planView } from "./plan.ts";
import { processorListView, processorView } from "./processors.ts";
import { followedView, runChangedView, runsView, runView } from "./run.ts";
import { spark } from "./spark.ts";
import { sentView } from "./sent.ts";
import { statusView } from "./status.ts";
import { workersView } from "./workers.ts";

const NOW = 1_795_485_891_939;
const look: Look = { paint: createPaint(false), columns: 80, now: NOW };
const EVIL = "\u001B]0;pwned\u0007\u001B[2J\u009B31mBobby\r\nroot# \u202Egpj";
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/;

const ID = "0-1795485891939-0";
const summary: EventSummary = {
  id: ID,
  receivedAt: NOW - 3_000,
  hook: EVIL,
  type: EVIL,
  sentence: EVIL,
  sentenceJa: EVIL,
  isTest: false,
  host: EVIL,
  bytes: 2_345,
};
const misskey = { eventId: EVIL, server: EVIL, hookId: EVIL, ownerId: EVIL, createdAt: 1e300 };
const error = { name: EVIL, message: `${EVIL} `.repeat(20), code: EVIL, stack: `${EVIL}\n    at ${EVIL}` };
const entry = {
  attempt: 1,
  worker: EVIL,
  startedAt: NOW - 2_000,
  endedAt: NOW - 1_000,
  end: "dead",
  error,
} as const;
const raw = { utf8: JSON.stringify({ text: EVIL }) };

const person = { name: EVIL, handle: EVIL, avatarUrl: EVIL, isBot: true };
const note = {
  ...{ id: EVIL, author: person, text: `${EVIL}\nnext`, cw: EVIL, visibility: EVIL, localOnly: true },
  ...{ createdAt: NOW, url: EVIL, reply: null, renote: null },
  files: [{ name: EVIL, type: EVIL, url: EVIL, thumbnailUrl: EVIL, isSensitive: true, comment: EVIL }],
};
const content: EventContent = {
  isPrivate: true,
  note: { ...note, reply: note, renote: note },
  people: [person],
  reaction: EVIL,
};

const letter: DeadLetterDetails = {
  processor: "mail",
  id: ID,
  diedAt: NOW - 1_000,
  error,
  attempts: 20,
  replays: 2,
  history: [entry],
  steps: [EVIL],
  group: "0123456789ab",
  edits: [{ id: `${ID}~abc`, by: EVIL, at: NOW }],
  parent: ID,
  erasedAt: NOW,
  event: summary,
  misskey,
  raw,
  content,
};
const details: EventDetails = {
  ...summary,
  misskey,
  inbox: {
    state: "dispatched",
    secretNumber: 1,
    userAgent: EVIL,
    contentType: EVIL,
    pinBroken: EVIL,
    duplicates: { count: 3, last: NOW },
  },
  processors: [
    {
      processor: "mail",
      id: `${ID}~abc`,
      parent: ID,
      discarded: { by: EVIL, why: EVIL, at: NOW },
      state: "dead",
      attempts: 1,
      replays: 1,
      history: [entry],
      steps: [],
      detail: EVIL,
      error,
      endedAt: NOW,
      runsAt: NOW,
    },
  ],
  erasedAt: NOW,
  raw,
  content,
};
const page: DeadLetterPage = {
  total: 300,
  matching: 250,
  processors: [{ processor: "mail", dead: 300 }],
  letters: Array.from({ length: 20 }, () => ({
    ...letter,
    ...{ error: { ...error, code: EVIL }, group: "0123456789ab", edits: 0 },
  })),
  scanned: 20,
  next: "W".repeat(100),
};
const query = { filter: { type: EVIL }, sort: "newest", limit: 20 } as const;
const rules = {
  ...{ attempts: 20, backoffMs: [1_000, 2_000], maxAgeMs: 1e8, timeoutMs: 30_000, concurrency: 4 },
  rateLimit: { max: 10, perMs: 1_000 },
  settings: [
    { name: EVIL, isSet: true, value: EVIL, secret: true },
    { name: "MAIL_URL", isSet: false, value: null, secret: false },
  ],
};
const status: Overview = {
  at: NOW,
  refusals: {
    total: 12,
    byReason: { "wrong-secret": 12 },
    groups: [{ reason: "wrong-secret", host: EVIL, count: 12, first: NOW - 3_600_000, last: NOW }],
  },
  lastEvent: summary,
  redis: { level: "second", findings: ["x"], version: "7.0.15", usedMemory: 1e6, maxMemory: 1e8 },
  workers: { live: 1, silent: 1 },
  spools: [
    {
      id: "s",
      at: NOW,
      host: EVIL,
      files: 3,
      bytes: 900,
      maxBytes: 1e9,
      oldestReceivedAt: NOW - 90_000,
      aside: 1,
      refusal: EVIL,
    },
  ],
  inbox: {
    waiting: 3,
    oldestWaitingAt: NOW - 90_000,
    entries: 9,
    bytes: 9_000,
    oldestReceivedAt: NOW - 1e8,
    accepted: 9,
    duplicates: 2,
    unsubscribed: 1,
  },
  processors: [
    {
      name: "mail",
      subscriptions: [{ on: [EVIL] }],
      since: 1,
      workers: 0,
      seenAt: NOW - 1e7,
      waiting: 3,
      oldestWaitingAt: NOW - 1e6,
      active: 0,
      delayed: 2,
      dead: 300,
      paused: { by: EVIL, why: EVIL, at: NOW - 5_000 },
      removed: false,
      perMinute: 1,
      failedPerMinute: 2,
      p95Ms: 3,
      rules,
    },
  ],
  rates: { accepted: 1.234, duplicates: 0, refused: 12 },
  latency: { p50: 100, p95: 2_000, p99: 30_000, count: 9 },
  memory: { used: 1e6, max: 1e8, owners: [] },
  dead: { total: 300, lastHour: 20, hourBefore: 10 },
  runs: 1,
};
const off = [{ name: "relay", why: EVIL, partly: true, workers: 2 }];
const group: DeadGroup = {
  ...{ group: "0123456789ab", processor: "mail", error: { name: EVIL, code: EVIL }, message: error.message },
  ...{ count: 300, firstDiedAt: NOW - 1e8, lastDiedAt: NOW - 1e5 },
  perHour: Array.from({ length: 24 }, (_, i) => i),
  example: { id: ID, message: EVIL, event: summary },
  ...{ state: "reopened", resolved: { by: EVIL, why: EVIL, at: NOW - 1e6 }, mutedUntil: NOW + 1e6 },
};
const filter = { processor: "mail", type: EVIL, text: EVIL, diedAfter: NOW - 1e6 };
const run: Run = {
  ...{ id: "r0r0r0r0r0r0", name: EVIL, kind: "discard", processor: "mail" },
  scope: { kind: "discard", filter },
  ...{ by: EVIL, why: EVIL, state: "stopped", stateWhy: EVIL, createdAt: NOW - 1e5, endedAt: NOW },
  ...{ ratePerSecond: 10, guard: { first: 20, maxFailed: 10 }, total: 300, done: 20 },
  items: { running: 1, failing: 0, handled: 0, ignored: 0, dead: 3, discarded: 9, recovered: 0, skipped: 1 },
};
const item: RunItem = { id: `${ID}~r0r0r0r0r0r0`, state: "dead", at: NOW, message: EVIL };
const items = { items: [item], next: "W".repeat(60) };
const plan: RunPlan = {
  ...{ scope: run.scope, processor: "mail", total: 300, complete: false },
  byType: Array.from({ length: 12 }, () => ({ type: EVIL, count: 25 })),
  ...{ oldestReceivedAt: NOW - 1e8, newestReceivedAt: NOW, alreadyThere: null },
  handledElsewhere: { sampled: 200, handled: 150 },
  ...{ until: NOW, target: { workers: 0, paused: true, waiting: 3 }, activeRun: "r0r0r0r0r0r0" },
};
const backfill: RunPlan = {
  ...plan,
  scope: { kind: "backfill", processor: "mail", types: [EVIL], from: 0, to: NOW },
  alreadyThere: 7,
};
const how = { ratePerSecond: 10, guard: { first: 20, maxFailed: 10 } };
const discarded: DiscardedPage = {
  total: 1,
  letters: [
    {
      ...{ processor: "mail", id: ID, diedAt: NOW, error: { ...error, code: EVIL }, group: "0123456789ab" },
      ...{ attempts: 1, replays: 0, edits: 0, event: summary },
      discarded: { by: EVIL, why: EVIL, at: NOW - 1e6, until: NOW + 1e8 },
    },
  ],
  next: "W".repeat(60),
};
const erasePlan = {
  target: { person: EVIL },
  ...{ inbox: 1, jobs: 2, dead: 3, discarded: 4, waiting: 5, scanned: 6 },
};
const audit: AuditPage = {
  entries: [
    { id: "1-0", at: NOW, by: EVIL, why: EVIL, what: "discard", target: EVIL, filter, count: 300 },
    {
      id: "2-0",
      at: NOW,
      by: EVIL,
      why: "",
      what: "mute",
      target: EVIL,
      filter: { deep: { [EVIL]: [EVIL] } },
      count: null,
    },
  ],
  next: "1-0",
};
const worker = {
  id: EVIL,
  startedAt: 1,
  seenAt: NOW,
  stoppedAt: null,
  clockAheadMs: 90_000,
  about: {
    ...{ host: EVIL, pid: 1, version: EVIL, rssBytes: 9e7, off: [], rules: {} },
    running: [{ processor: "mail", jobId: ID, since: NOW - 9_000 }],
  },
  processors: ["mail"],
  live: true,
};

const views: Record<string, (on: Look) => string> = {
  status: (on) => statusView(status, "disk", on),
  "events list": (on) =>
    eventsView({ events: [summary, summary], next: ID, scanned: 2 }, { person: EVIL, from: NOW }, on),
  "events list, none found": (on) => eventsView({ events: [], next: ID, scanned: 2 }, { type: EVIL }, on),
  "events tail": (on) => tailLine(summary, on),
  "events show --raw": (on) => eventView(details, on),
  "dead list": (on) => deadListView(page, query, on),
  "dead show --raw": (on) => deadLetterView(letter, on),
  "dead groups": (on) => groupsView([group, { ...group, state: "open" }], { processor: "mail" }, on),
  "dead show GROUP": (on) => groupView(group, on),
  "dead discarded": (on) => discardedView(discarded, on),
  "dead edit": (on) =>
    editView(
      { a: EVIL, [EVIL]: 1 },
      JSON.stringify({ a: `${EVIL} `.repeat(40) }),
      { ok: false, mismatches: [{ path: EVIL, message: EVIL }] },
      on,
    ),
  "a plan": (on) => planView(plan, how, on),
  "a plan of a backfill": (on) => planView(backfill, how, on),
  "runs list": (on) => runsView({ runs: [run, run], next: "W".repeat(60) }, on),
  "runs show": (on) => runView(run, items, on),
  "runs cancel": (on) => runChangedView(run, on),
  "a run that is not watched any more": (on) => followedView({ run, left: "waits" }, on),
  "events erase, planned": (on) => erasePlanView(erasePlan, on),
  "events erase": (on) => erasureView({ ...erasePlan, disk: "busy" }, on),
  "processors list": (on) => processorListView(status.processors, off, on),
  "processors show": (on) => processorView(status.processors[0]!, on),
  "workers list": (on) => workersView([worker, { ...worker, live: false, stoppedAt: NOW - 9_000 }], on),
  audit: (on) => auditView(audit, on),
};

describe.each(Object.entries(views))("%s", (_, view) => {
  test("shows nothing that a terminal obeys, whichever field it is in", () => {
    expect(view(look)).not.toMatch(OBEYED);
    expect(view({ ...look, columns: Infinity })).not.toMatch(OBEYED);
  });

  test("keeps to 80 columns, or cuts nothing in a pipe", () => {
    const wide = view(look)
      .split("\n")
      .filter((line) => line.length > 80 && line.includes(" "));
    expect(wide).toEqual([]);
    expect(view({ ...look, columns: Infinity })).not.toContain("…");
  });

  test("says the same with and without colours", () => {
    // oxlint-disable-next-line no-control-regex -- our own colours
    const plain = view({ ...look, paint: createPaint(true) }).replace(/\u001B\[\d+m/g, "");
    expect(plain).toBe(view(look));
  });
});

test("status tells first what was refused and is lost, in words that say what to do", () => {
  const host = { ...status.refusals.groups[0]!, host: "example.tld" };
  const text = statusView({ ...status, refusals: { ...status.refusals, groups: [host] } }, "disk", {
    ...look,
    columns: Infinity,
  });
  expect(text.split("\n")[0]).toMatch(
    /^! 12 refused for a wrong secret from example\.tld since \d\d:\d\d; Misskey will not resend these\.$/,
  );
});

test("status does not take a scanner for a lost event, nor an old refusal for news", () => {
  const [group] = status.refusals.groups;
  const of = (change: object) =>
    statusView(
      { ...status, refusals: { ...status.refusals, groups: [{ ...group!, ...change }] } },
      "disk",
      look,
    );
  expect(of({ host: null })).toMatch(/^12 refused from senders that name no host, so not from Misskey\./);
  expect(of({ last: NOW - 9 * 86_400_000 })).toMatch(/^12 refused in all, the last one 9 d ago\./);
});

test("an event that was spooled has no id yet, and the answer says where it is", () => {
  const text = sentView([{ status: 202, body: { status: "accepted", id: null } }], look);
  expect(text).toBe("202 accepted  in the spool, until Redis takes it");
});

test("status names a spool only if a person should know of it", () => {
  expect(statusView(status, "disk", look)).toMatch(/^spool +3 events not in Redis yet/m);
  const [spool] = status.spools;
  const empty = { ...spool!, files: 0, aside: 0, refusal: null };
  expect(statusView({ ...status, spools: [empty] }, "disk", look)).not.toMatch(/^spool/m);
});

test("status names the test button", () => {
  const text = statusView({ ...status, lastEvent: { ...summary, type: "note", isTest: true } }, "disk", look);
  expect(text).toMatch(/last event +test button \(note\), 3 s ago/);
});

test("status says how many are dead, whether they become more, and where to go on", () => {
  const text = statusView(status, "disk", look);
  expect(text).toContain("300 dead letters; 20 died in the last hour, 10 in the one before.");
  expect(text).toContain("misskeep dead groups");
  expect(text).toContain("1 run not ended yet.\n  See how far: misskeep runs list");
});

test("counts over time become bars of the same height for the same count", () => {
  expect(spark([0, 0, 1, 1, 8, 8], 2)).toBe("·▁█");
  expect(spark([0, 0], 1)).toBe("··");
});

test("an edit is told as what differs, and a value of another kind as a whole", () => {
  const before = { same: 1, gone: "x", note: { text: "a", tags: ["p", "q"] }, kind: [] };
  const after = { same: 1, note: { text: "b", tags: ["p", "r", "s"] }, kind: {}, ["__proto__x"]: 1 };
  expect(changesOf(before, after)).toEqual([
    { path: "gone", was: '"x"', is: undefined },
    { path: "note.text", was: '"a"', is: '"b"' },
    { path: "note.tags.1", was: '"q"', is: '"r"' },
    { path: "note.tags.2", was: undefined, is: '"s"' },
    { path: "kind", was: "[]", is: "{}" },
    { path: "__proto__x", was: undefined, is: "1" },
  ]);
});
