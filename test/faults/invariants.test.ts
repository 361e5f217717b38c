/** Each invariant is broken once in an otherwise flawless run, and found. */
import { expect, test } from "vitest";
import type { FinalJob } from "./final-state.ts";
import { findLost, findViolations, type Judged } from "./invariants.ts";
import type { Effect, LedgerData } from "./ledger.ts";

const PID = 100;
const effect = (processor: string, id = "0-1-0", over: Partial<Effect> = {}): Effect => ({
  at: 1_000,
  processor,
  key: `${id}:${processor}`,
  eventId: id,
  attempt: 1,
  pid: PID,
  order: "fine",
  ...over,
});
const job = (processor: string, over: Partial<FinalJob> = {}): FinalJob => ({
  id: "0-1-0",
  processor,
  end: "completed",
  digest: "d0",
  outcome: { type: "handled" },
  ...over,
});

interface Changes {
  readonly ledger?: Partial<LedgerData>;
  readonly jobs?: readonly FinalJob[];
  readonly stuck?: readonly string[];
  readonly lateSince?: number;
}

/** One event, acknowledged, handled by `strict` with one effect. */
function judged({ ledger, jobs = [job("strict")], stuck = [], lateSince }: Changes = {}): Judged {
  return {
    ledger: {
      sent: [{ index: 0, kind: "plain", digest: "d0" }],
      sends: [{ index: 0, from: 10, until: 20, status: 202, id: "0-1-0" }],
      effects: [effect("strict")],
      faults: [],
      exits: [],
      stalls: [],
      beganAt: 0,
      ...ledger,
    },
    final: { jobs, stuck },
    processors: ["strict"],
    late: { name: "late", since: lateSince },
  };
}

const found = (changes: Changes): string[] =>
  findViolations(judged(changes)).map(({ invariant }) => invariant);
const answered = (status: number) => ({ sends: [{ index: 0, from: 10, until: 20, status }] });
const wrongSecret = { sent: [{ index: 0, kind: "wrong-secret", digest: "d0" }] } as const;
const again = effect("strict", "0-1-0", { at: 5_000, pid: PID + 1 });
const repeat = [effect("strict"), again];

test("a flawless run has no violation", () => {
  expect(found({})).toEqual([]);
});

test.each<[what: string, changes: Changes, invariant: string]>([
  ["an acknowledged event without a job", { jobs: [], ledger: { effects: [] } }, "kept"],
  ["one whose job never ended", { jobs: [job("strict", { end: "unfinished", outcome: undefined })] }, "kept"],
  ["one without a job of a processor registered before", { lateSince: 5 }, "kept"],
  [
    "a job of bytes that nobody sent",
    { jobs: [job("strict"), job("strict", { id: "0-2-0", digest: "x", outcome: undefined })] },
    "never-sent",
  ],
  ["a job of a delivery with a wrong secret", { ledger: { ...wrongSecret, ...answered(401) } }, "never-sent"],
  [
    "an effect without a job",
    { ledger: { effects: [effect("strict"), effect("strict", "0-9-0")] } },
    "never-sent",
  ],
  [
    "an event that became two",
    {
      ledger: { effects: [effect("strict"), effect("strict", "0-2-0")] },
      jobs: [job("strict"), job("strict", { id: "0-2-0" })],
    },
    "once",
  ],
  ["a job handled without an effect", { ledger: { effects: [] } }, "took-effect"],
  ["a repeat without a cause", { ledger: { effects: repeat } }, "repeats-explained"],
  [
    "a dead letter that nobody ordered",
    { jobs: [job("strict", { end: "failed", outcome: { type: "dead" } })] },
    "dead-explained",
  ],
  ["an authentic delivery answered 400", { ledger: answered(400) }, "never-final"],
  ["a wrong secret answered 202", { jobs: [], ledger: { ...wrongSecret, effects: [] } }, "never-final"],
  ["something left over", { stuck: ["strict active: 1"] }, "nothing-stuck"],
  [
    "a process that ended by itself",
    { ledger: { exits: [{ app: "worker-1", pid: PID, at: 500, code: 1, signal: null }] } },
    "nobody-died",
  ],
  [
    "a start that failed with Redis there",
    {
      ledger: {
        exits: [{ app: "worker-1", pid: PID, at: 500, code: 1, signal: null, because: "could not start" }],
      },
    },
    "nobody-died",
  ],
  [
    "exit code 70 without a deaf handler",
    { ledger: { exits: [{ app: "worker-1", pid: PID, at: 500, code: 70, signal: null }] } },
    "nobody-died",
  ],
])("%s is found", (_, changes, invariant) => {
  expect(found(changes)).toContain(invariant);
});

const kill = (over: object) => ({
  app: "worker-1",
  pid: PID,
  at: 1_200,
  code: null,
  signal: "SIGKILL",
  because: "a test",
  ...over,
});
const fault = (over: object) => ({
  kind: "redis SIGSTOP",
  target: "redis",
  from: 1_100,
  until: 2_000,
  ...over,
});

test.each<[what: string, ledger: Partial<LedgerData>, isExplained: boolean]>([
  ["its worker was killed", { exits: [kill({})] }, true],
  ["another worker was killed", { exits: [kill({ pid: PID + 5 })] }, false],
  ["its worker was killed long after", { exits: [kill({ at: 4_500 })] }, false],
  ["Redis stood still", { faults: [fault({})] }, true],
  [
    "Redis stood still long before",
    { effects: [effect("strict", "0-1-0", { at: 20_000 }), { ...again, at: 25_000 }], faults: [fault({})] },
    false,
  ],
  ["Redis was nearly full", { faults: [fault({ kind: "redis nearly full" })] }, false],
  ["its worker stood still", { faults: [fault({ pids: [PID] })] }, true],
  ["another worker stood still", { faults: [fault({ pids: [PID + 5] })] }, false],
  ["its event loop stood still", { stalls: [{ app: "worker-1", pid: PID, at: 9_000, ms: 8_500 }] }, true],
  [
    "its handler was ordered to throw",
    { effects: [effect("strict", "0-1-0", { order: "throw" }), again] },
    true,
  ],
])("a repeat, when %s", (_, ledger, isExplained) => {
  expect(found({ ledger: { effects: repeat, ...ledger } })).toEqual(isExplained ? [] : ["repeats-explained"]);
});

const cutShort = { exits: [{ app: "worker-1", pid: PID, at: 3_000, code: 1, signal: null }] };
const deaf = { effects: [effect("strict", "0-1-0", { order: "deaf" })] };

test.each<[what: string, ledger: Partial<LedgerData>, isExplained: boolean]>([
  ["a handler was deaf and Redis stood still", { ...deaf, faults: [fault({})] }, true],
  ["a handler was deaf", deaf, false],
  [
    "a handler was deaf and Redis stood still later",
    { ...deaf, faults: [fault({ from: 3_500, until: 4_000 })] },
    false,
  ],
  ["Redis stood still", { faults: [fault({})] }, false],
])("a stop that took too long, when %s", (_, ledger, isExplained) => {
  expect(found({ ledger: { ...cutShort, ...ledger } })).toEqual(isExplained ? [] : ["nobody-died"]);
});

const window = { mayLose: { from: 0, until: 30 } };
const id = "0-1-0";
const gone = { effects: [effect("strict", id, { at: 15 })] };

// The event was accepted at 1 ms, and acknowledged from 10 to 20 ms.
test.each<[what: string, changes: Changes, invariants: readonly string[]]>([
  ["in its time", { jobs: [], ledger: { effects: [], faults: [fault(window)] } }, []],
  ["in its time, after it was handled", { jobs: [], ledger: { ...gone, faults: [fault(window)] } }, []],
  [
    "outside of its time",
    { jobs: [], ledger: { effects: [], faults: [fault({ mayLose: { from: 21, until: 90 } })] } },
    ["kept"],
  ],
  [
    "in its time, and accepted before it",
    { jobs: [], ledger: { ...gone, faults: [fault({ mayLose: { from: 5, until: 30 } })] } },
    ["never-sent"],
  ],
  ["by a fault that loses nothing", { jobs: [], ledger: { effects: [], faults: [fault({})] } }, ["kept"]],
  [
    "in its time by Redis, and once more later",
    {
      jobs: [],
      ledger: {
        effects: [],
        faults: [fault(window)],
        sends: [
          { index: 0, from: 10, until: 20, status: 202, id },
          { index: 0, from: 50, until: 60, status: 200, id },
        ],
      },
    },
    ["kept"],
  ],
  [
    "in its time by the spool",
    {
      jobs: [],
      ledger: {
        effects: [],
        faults: [fault(window)],
        sends: [{ index: 0, from: 10, until: 20, status: 202, id: null }],
      },
    },
    ["kept"],
  ],
  [
    "in its time, and another processor still has it",
    { jobs: [job("late")], ledger: { effects: [effect("late")], faults: [fault(window)] } },
    ["kept"],
  ],
])("of what a failover lost and was acknowledged %s", (_, changes, invariants) => {
  expect(found(changes)).toEqual(invariants);
});

test("what a failover may have lost is counted", () => {
  const lost = judged({ jobs: [], ledger: { effects: [], faults: [fault(window)] } });
  expect(findLost(lost)).toEqual([0]);
  expect(findLost(judged({ ledger: { faults: [fault(window)] } }))).toEqual([]);
  expect(findLost(judged({ jobs: [] }))).toEqual([]);
});
