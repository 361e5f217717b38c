import { describe, expect, test } from "vitest";
import type { EventAtProcessor, EventDetails } from "../../api/types.ts";
import { stackOf, toTimeline } from "./timeline.ts";

const job: EventAtProcessor = {
  processor: "discord",
  id: "0-1-0",
  parent: null,
  state: "waiting",
  attempts: 0,
  replays: 0,
  history: [],
  steps: [],
  detail: null,
  error: null,
  endedAt: null,
  discarded: null,
  runsAt: null,
};

const event: EventDetails = {
  id: "0-1-0",
  receivedAt: 1_000,
  hook: "default",
  type: "note",
  sentence: "A note.",
  sentenceJa: "ノート。",
  isTest: false,
  host: null,
  bytes: 10,
  misskey: { eventId: null, server: null, hookId: null, ownerId: null, createdAt: null },
  inbox: {
    state: "dispatched",
    secretNumber: 1,
    userAgent: null,
    contentType: null,
    pinBroken: null,
    duplicates: { count: 0, last: null },
  },
  processors: [],
  erasedAt: null,
  content: null,
  contentHidden: false,
};

const tell = (changes: Partial<EventDetails>) =>
  toTimeline({ ...event, ...changes }).map((moment) =>
    moment.kind === "attempt" ? `${moment.job.processor} ${moment.run.attempt}` : moment.kind,
  );

describe("the timeline of an event", () => {
  test("begins with its receipt, also where the inbox has forgotten it", () => {
    expect(tell({})).toEqual(["received", "dispatch"]);
    expect(tell({ inbox: null })).toEqual(["received"]);
  });

  test("puts duplicates and attempts of all processors in their order", () => {
    const run = (attempt: number, startedAt: number) => ({ attempt, worker: "w", startedAt });
    const processors = [
      { ...job, processor: "b", history: [run(1, 3_000), run(2, 5_000)] },
      { ...job, processor: "a", history: [run(1, 2_000)] },
    ];
    const inbox = { ...event.inbox!, duplicates: { count: 2, last: 4_000 } };
    expect(tell({ processors, inbox })).toEqual(["received", "dispatch", "a 1", "b 1", "duplicates", "b 2"]);
  });

  test("tells of a replay between a death and the next run, or after a death that is none any more", () => {
    const died = { attempt: 1, worker: "w", startedAt: 2_000, endedAt: 2_500, end: "dead" as const };
    const again = { attempt: 1, worker: "w", startedAt: 4_000 };
    const told = (state: EventAtProcessor["state"], history: EventAtProcessor["history"]) =>
      tell({ inbox: null, processors: [{ ...job, state, history }] });
    expect(told("active", [died, again])).toEqual(["received", "discord 1", "replayed", "discord 1"]);
    expect(told("waiting", [died])).toEqual(["received", "discord 1", "replayed"]);
    expect(told("dead", [died])).toEqual(["received", "discord 1"]);
    expect(told("discarded", [died])).toEqual(["received", "discord 1"]);
  });

  test("says an end once: by the last run where that tells it, else on its own", () => {
    const run = { attempt: 1, worker: "w", startedAt: 2_000, endedAt: 3_000 };
    const ended = (end: "handled" | "crashed") =>
      toTimeline({
        ...event,
        processors: [
          { ...job, state: "handled", endedAt: 3_000, detail: "posted", history: [{ ...run, end }] },
        ],
      });
    expect(ended("handled").slice(2)).toMatchObject([{ kind: "attempt", detail: "posted" }]);
    expect(ended("crashed").slice(2)).toMatchObject([
      { kind: "attempt", detail: null },
      { kind: "ended", detail: "posted" },
    ]);
  });

  test("tells of a discarded letter that it died, and who put it away when", () => {
    const run = { attempt: 1, worker: "w", startedAt: 2_000, endedAt: 3_000, end: "dead" as const };
    const discarded = { by: "mio", why: "old", at: 5_000 };
    const processors = [{ ...job, state: "discarded" as const, endedAt: 3_000, history: [run], discarded }];
    expect(toTimeline({ ...event, processors }).slice(2)).toMatchObject([
      { kind: "attempt" },
      { kind: "discarded", by: "mio", at: 5_000 },
    ]);
  });

  test("tells each attempt when the next one came or will come", () => {
    const history = [
      { attempt: 1, worker: "w", startedAt: 2_000 },
      { attempt: 2, worker: "w", startedAt: 4_000 },
    ];
    const moments = toTimeline({
      ...event,
      processors: [{ ...job, state: "delayed", history, runsAt: 9_000 }],
    });
    expect(moments.slice(2)).toMatchObject([{ nextAt: 4_000 }, { nextAt: 9_000 }]);
  });

  test("has a key of its own for each moment, also where a backfill ran the same processor", () => {
    const run = { attempt: 1, worker: "w", startedAt: 2_000 };
    const processors = [
      { ...job, history: [run] },
      { ...job, id: "0-1-0~r1", history: [run] },
    ];
    const moments = toTimeline({ ...event, processors });
    expect(new Set(moments.map(({ key }) => key)).size).toBe(moments.length);
    expect(moments.at(-1)).toMatchObject({ job: { run: "r1" } });
  });
});

test("a stack is shown without the message that stands above it", () => {
  const error = { name: "Error", message: "no", stack: "Error: no\n    at a (b.ts:1)" };
  expect(stackOf(error)).toBe("at a (b.ts:1)");
  expect(stackOf({ name: "Error", message: "no", stack: "Error: no" })).toBeNull();
  expect(stackOf({ name: "Error", message: "no" })).toBeNull();
});
