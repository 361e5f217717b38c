/** How everything is, with hostile text in every field. */
import type { Overview } from "@misskeep/operations";
import { EVIL, ID, NOW } from "./hostile.ts";
import { summary } from "./hostile-events.ts";

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
