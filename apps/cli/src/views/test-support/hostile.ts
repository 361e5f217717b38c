/** What views are given, with text in every field that a terminal would obey. */
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
import { createPaint } from "../../text/paint.ts";
import type { Look } from "../look.ts";

export const NOW = 1_795_485_891_939;
export const look: Look = { paint: createPaint(false), columns: 80, now: NOW };
export const EVIL = "\u001B]0;pwned\u0007\u001B[2J\u009B31mBobby\r\nroot# \u202Egpj";
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
export const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/;

export const ID = "0-1795485891939-0";
export const summary: EventSummary = {
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
export const misskey = { eventId: EVIL, server: EVIL, hookId: EVIL, ownerId: EVIL, createdAt: 1e300 };
export const error = {
  name: EVIL,
  message: `${EVIL} `.repeat(20),
  code: EVIL,
  stack: `${EVIL}\n    at ${EVIL}`,
};
export const entry = {
  attempt: 1,
  worker: EVIL,
  startedAt: NOW - 2_000,
  endedAt: NOW - 1_000,
  end: "dead",
  error,
} as const;
export const raw = { utf8: JSON.stringify({ text: EVIL }) };

export const person = { name: EVIL, handle: EVIL, avatarUrl: EVIL, isBot: true };
export const note = {
  id: EVIL,
  author: person,
  text: `${EVIL}\nnext`,
  cw: EVIL,
  visibility: EVIL,
  localOnly: true,
  createdAt: NOW,
  url: EVIL,
  reply: null,
  renote: null,
  files: [{ name: EVIL, type: EVIL, url: EVIL, thumbnailUrl: EVIL, isSensitive: true, comment: EVIL }],
};
export const content: EventContent = {
  isPrivate: true,
  note: { ...note, reply: note, renote: note },
  people: [person],
  reaction: EVIL,
};

export const letter: DeadLetterDetails = {
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
export const details: EventDetails = {
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
export const page: DeadLetterPage = {
  total: 300,
  matching: 250,
  processors: [{ processor: "mail", dead: 300 }],
  letters: Array.from({ length: 20 }, () => ({
    ...letter,
    error: { ...error, code: EVIL },
    group: "0123456789ab",
    edits: 0,
  })),
  scanned: 20,
  next: "W".repeat(100),
};
export const query = { filter: { type: EVIL }, sort: "newest", limit: 20 } as const;
export const rules = {
  attempts: 20,
  backoffMs: [1_000, 2_000],
  maxAgeMs: 1e8,
  timeoutMs: 30_000,
  concurrency: 4,
  rateLimit: { max: 10, perMs: 1_000 },
  settings: [
    { name: EVIL, isSet: true, value: EVIL, secret: true },
    { name: "MAIL_URL", isSet: false, value: null, secret: false },
  ],
};
export const status: Overview = {
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
export const off = [{ name: "relay", why: EVIL, partly: true, workers: 2 }];
export const group: DeadGroup = {
  group: "0123456789ab",
  processor: "mail",
  error: { name: EVIL, code: EVIL },
  message: error.message,
  count: 300,
  firstDiedAt: NOW - 1e8,
  lastDiedAt: NOW - 1e5,
  perHour: Array.from({ length: 24 }, (_, i) => i),
  example: { id: ID, message: EVIL, event: summary },
  state: "reopened",
  resolved: { by: EVIL, why: EVIL, at: NOW - 1e6 },
  mutedUntil: NOW + 1e6,
};
export const filter = { processor: "mail", type: EVIL, text: EVIL, diedAfter: NOW - 1e6 };
export const run: Run = {
  id: "r0r0r0r0r0r0",
  name: EVIL,
  kind: "discard",
  processor: "mail",
  scope: { kind: "discard", filter },
  by: EVIL,
  why: EVIL,
  state: "stopped",
  stateWhy: EVIL,
  createdAt: NOW - 1e5,
  endedAt: NOW,
  ratePerSecond: 10,
  guard: { first: 20, maxFailed: 10 },
  total: 300,
  done: 20,
  items: { running: 1, failing: 0, handled: 0, ignored: 0, dead: 3, discarded: 9, recovered: 0, skipped: 1 },
};
export const item: RunItem = { id: `${ID}~r0r0r0r0r0r0`, state: "dead", at: NOW, message: EVIL };
export const items = { items: [item], next: "W".repeat(60) };
export const plan: RunPlan = {
  scope: run.scope,
  processor: "mail",
  total: 300,
  complete: false,
  byType: Array.from({ length: 12 }, () => ({ type: EVIL, count: 25 })),
  oldestReceivedAt: NOW - 1e8,
  newestReceivedAt: NOW,
  alreadyThere: null,
  handledElsewhere: { sampled: 200, handled: 150 },
  until: NOW,
  target: { workers: 0, paused: true, waiting: 3 },
  activeRun: "r0r0r0r0r0r0",
};
export const backfill: RunPlan = {
  ...plan,
  scope: { kind: "backfill", processor: "mail", types: [EVIL], from: 0, to: NOW },
  alreadyThere: 7,
};
export const how = { ratePerSecond: 10, guard: { first: 20, maxFailed: 10 } };
export const discarded: DiscardedPage = {
  total: 1,
  letters: [
    {
      processor: "mail",
      id: ID,
      diedAt: NOW,
      error: { ...error, code: EVIL },
      group: "0123456789ab",
      attempts: 1,
      replays: 0,
      edits: 0,
      event: summary,
      discarded: { by: EVIL, why: EVIL, at: NOW - 1e6, until: NOW + 1e8 },
    },
  ],
  next: "W".repeat(60),
};
export const erasePlan = {
  target: { person: EVIL },
  inbox: 1,
  jobs: 2,
  dead: 3,
  discarded: 4,
  waiting: 5,
  scanned: 6,
};
export const audit: AuditPage = {
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
export const worker = {
  id: EVIL,
  startedAt: 1,
  seenAt: NOW,
  stoppedAt: null,
  clockAheadMs: 90_000,
  about: {
    host: EVIL,
    pid: 1,
    version: EVIL,
    rssBytes: 9e7,
    off: [],
    rules: {},
    running: [{ processor: "mail", jobId: ID, since: NOW - 9_000 }],
  },
  processors: ["mail"],
  live: true,
};
