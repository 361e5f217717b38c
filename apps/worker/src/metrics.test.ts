import type { Backlog, RunReport } from "@misskeep/queue";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import type { GaugeSources } from "./gauges.ts";
import { createMetrics, type WorkerMetrics } from "./metrics.ts";

const NOTHING: GaugeSources = {
  processors: async () => new Map(),
  inbox: async () => ({ waiting: 0, oldestWaitingAt: undefined }),
  memory: async () => ({ usedMemory: 0, maxMemory: 0 }),
};

function start(sources: GaugeSources = NOTHING): { metrics: WorkerMetrics; shown: () => Promise<string[]> } {
  const registry = new Registry();
  const metrics = createMetrics(registry, sources);
  const shown = async (): Promise<string[]> =>
    (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return { metrics, shown };
}

const report = (end: NonNullable<RunReport["run"]["end"]>): RunReport => ({
  processor: "p",
  eventId: "0-1-1",
  receivedAt: 1_000,
  run: { attempt: 1, worker: "w1", startedAt: 3_000, endedAt: 5_000, end },
});

test("counts jobs and events that nobody wanted as they are dispatched", async () => {
  const { metrics, shown } = start();
  metrics.dispatched({ jobs: new Map([["p", 2]]), unsubscribed: 0 });
  metrics.dispatched({
    jobs: new Map([
      ["p", 1],
      ["q", 1],
    ]),
    unsubscribed: 3,
  });
  expect(await shown()).toEqual(
    expect.arrayContaining([
      'misskeep_dispatched_total{processor="p"} 3',
      'misskeep_dispatched_total{processor="q"} 1',
      "misskeep_unsubscribed_total 3",
    ]),
  );
});

test("counts runs by their end, and times them", async () => {
  const { metrics, shown } = start();
  for (const end of ["handled", "handled", "retry", "dead"] as const) metrics.ran(report(end));
  expect(await shown()).toEqual(
    expect.arrayContaining([
      'misskeep_runs_total{processor="p",end="handled"} 2',
      'misskeep_runs_total{processor="p",end="retry"} 1',
      'misskeep_runs_total{processor="p",end="dead"} 1',
      'misskeep_run_seconds_sum{processor="p"} 8',
      'misskeep_run_seconds_count{processor="p"} 4',
      'misskeep_received_to_handled_seconds_sum{processor="p"} 8',
      'misskeep_received_to_handled_seconds_count{processor="p"} 2',
    ]),
  );
});

test("a run that ended with its worker is counted, not timed: nobody knows how long it took", async () => {
  const { metrics, shown } = start();
  metrics.ran(report("crashed"));
  const lines = await shown();
  expect(lines).toContain('misskeep_runs_total{processor="p",end="crashed"} 1');
  expect(lines.filter((line) => line.startsWith("misskeep_run_seconds_count"))).toEqual([]);
});

test("counts mismatches, blocks of the event loop and attempts to tell people", async () => {
  const { metrics, shown } = start();
  metrics.alert("failed");
  metrics.mismatch("note");
  metrics.blocked();
  expect(await shown()).toEqual(
    expect.arrayContaining([
      'misskeep_schema_mismatches_total{type="note"} 1',
      "misskeep_event_loop_blocked_total 1",
      'misskeep_alert_messages_total{result="failed"} 1',
    ]),
  );
});

test("shows what each processor has before it, read once for all gauges", async () => {
  let reads = 0;
  const backlog: Backlog = {
    waiting: 5,
    active: 1,
    delayed: 2,
    dead: 3,
    oldestWaitingAt: Date.now() - 60_000,
  };
  const { shown } = start({
    processors: async () => (
      (reads += 1),
      new Map([
        ["p", backlog],
        ["q", { ...backlog, waiting: 0, oldestWaitingAt: undefined }],
      ])
    ),
    inbox: async () => ({ waiting: 7, oldestWaitingAt: Date.now() - 60_000 }),
    memory: async () => ({ usedMemory: 80, maxMemory: 100 }),
  });
  const lines = await shown();
  expect(lines).toEqual(
    expect.arrayContaining([
      'misskeep_waiting{processor="p"} 5',
      'misskeep_delayed{processor="p"} 2',
      'misskeep_dead{processor="p"} 3',
      'misskeep_oldest_waiting_seconds{processor="q"} 0',
      "misskeep_inbox_waiting 7",
      "misskeep_redis_memory_bytes 80",
      "misskeep_redis_max_memory_bytes 100",
    ]),
  );
  const oldest = lines.find((line) => line.startsWith('misskeep_oldest_waiting_seconds{processor="p"}'));
  const oldestInInbox = lines.find((line) => line.startsWith("misskeep_inbox_oldest_waiting_seconds"));
  for (const line of [oldest, oldestInInbox]) expect(Number(line?.split(" ")[1])).toBeGreaterThanOrEqual(60);
  expect(reads).toBe(1);
});

test("while Redis is away its gauges show nothing, and all else is still shown", async () => {
  const away = { now: false };
  const orFail = async <T>(value: T): Promise<T> => {
    if (away.now) throw new Error("Connection is closed.");
    return value;
  };
  const backlog: Backlog = { waiting: 5, active: 0, delayed: 0, dead: 0, oldestWaitingAt: undefined };
  const { metrics, shown } = start({
    processors: () => orFail(new Map([["p", backlog]])),
    inbox: () => orFail({ waiting: 7, oldestWaitingAt: undefined }),
    memory: () => orFail({ usedMemory: 80, maxMemory: 100 }),
  });
  metrics.blocked();
  expect(await shown()).toContain("misskeep_inbox_waiting 7");
  away.now = true;
  const lines = await shown();
  expect(lines).toContain("misskeep_event_loop_blocked_total 1");
  expect(lines).toContain("misskeep_inbox_waiting Nan");
  expect(lines).toContain("misskeep_redis_memory_bytes Nan");
  expect(lines.filter((line) => line.startsWith("misskeep_waiting"))).toEqual([]);
});
