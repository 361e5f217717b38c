import type {
  DeadLetterDetails,
  DeadLetterPage,
  EventDetails,
  EventSummary,
  Status,
} from "@misskeep/operations";
import { describe, expect, test } from "vitest";
import { createPaint } from "../text/paint.ts";
import { deadLetterView, deadListView } from "./dead.ts";
import { eventView } from "./event.ts";
import { eventsView } from "./events.ts";
import type { Look } from "./look.ts";
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
  isTest: false,
  host: EVIL,
  bytes: 2_345,
};
const misskey = { eventId: EVIL, server: EVIL, hookId: EVIL, ownerId: EVIL, createdAt: 1e300 };
const error = { name: EVIL, message: `${EVIL} `.repeat(20), code: EVIL, stack: `${EVIL}\n    at ${EVIL}` };
const run = {
  attempt: 1,
  worker: EVIL,
  startedAt: NOW - 2_000,
  endedAt: NOW - 1_000,
  end: "dead",
  error,
} as const;
const raw = { utf8: JSON.stringify({ text: EVIL }) };

const letter: DeadLetterDetails = {
  processor: "mail",
  id: ID,
  diedAt: NOW - 1_000,
  error,
  attempts: 20,
  replays: 2,
  history: [run],
  steps: [EVIL],
  event: summary,
  misskey,
  raw,
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
      state: "dead",
      attempts: 1,
      replays: 1,
      history: [run],
      steps: [],
      detail: EVIL,
      error,
      endedAt: NOW,
      runsAt: NOW,
    },
  ],
  raw,
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
const status: Status = {
  at: NOW,
  refusals: {
    total: 12,
    byReason: { "wrong-secret": 12 },
    groups: [{ reason: "wrong-secret", host: EVIL, count: 12, first: NOW - 3_600_000, last: NOW }],
  },
  lastEvent: summary,
  redis: { level: "second", findings: ["x"], version: "7.0.15", usedMemory: 1e6, maxMemory: 1e8 },
  workers: { live: 1, silent: 1 },
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
      rules: null,
    },
  ],
};
const worker = {
  id: EVIL,
  startedAt: 1,
  seenAt: NOW,
  stoppedAt: null,
  clockAheadMs: 0,
  about: { host: EVIL, pid: 1, version: EVIL, rssBytes: 1, running: [], off: [], rules: {} },
  processors: ["mail"],
  live: true,
};

const views: Record<string, (on: Look) => string> = {
  status: (on) => statusView(status, "disk", on),
  "events list": (on) => eventsView({ events: [summary, summary], next: ID, scanned: 2 }, EVIL, on),
  "events show --raw": (on) => eventView(details, on),
  "dead list": (on) => deadListView(page, query, on),
  "dead show --raw": (on) => deadLetterView(letter, on),
  "workers list": (on) => workersView([worker], on),
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
    expect(wide.filter((line) => !line.startsWith("Older ones:"))).toEqual([]);
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

test("status names the test button", () => {
  const text = statusView({ ...status, lastEvent: { ...summary, type: "note", isTest: true } }, "disk", look);
  expect(text).toMatch(/last event +test button \(note\), 3 s ago/);
});
