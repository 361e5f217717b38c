import { QUARANTINE } from "@misskeep/processor";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { describe, expect, test, vi } from "vitest";
import { deploy, type Deployment, killer, mendable, processor } from "../../test-support/deployment.ts";
import { listAudit } from "../audit.ts";
import { listDead } from "../list-dead.ts";
import { cancelRun, pauseRun, resumeRun } from "./change-run.ts";
import { listActiveRuns } from "./list-active-runs.ts";
import { listRunItems } from "./list-run-items.ts";
import { listRuns } from "./list-runs.ts";
import { planRun } from "./plan-run.ts";
import type { Run, RunPlan, RunRequest, RunScope } from "./run.ts";
import { showRun } from "./show-run.ts";
import { startRun } from "./start-run.ts";

/** A machine may be busy. */
const SLOW = { timeout: 60_000 };
vi.setConfig({ testTimeout: 90_000 });

const ACTOR = { by: "mio", why: "the target is mended" };
const replayAll = (name = "mail"): RunScope => ({ kind: "replay", filter: { processor: name } });

async function untilDead({ context }: Deployment, total: number, name = "mail"): Promise<void> {
  await until(async () => {
    // By the index too.
    const query = { filter: { processor: name, hook: "default" }, sort: "newest", limit: 1 } as const;
    const page = await listDead(context, query);
    return page.total === total && page.matching === total;
  });
}

function request({ scope, until: last, total }: RunPlan, parts: Partial<RunRequest> = {}): RunRequest {
  return { scope, name: "Mended", until: last, total, ratePerSecond: null, guard: null, ...parts };
}

const untilEnded = ({ context }: Deployment, id: string): Promise<Run> =>
  until(async () => {
    const run = await showRun(context, id);
    return run.endedAt === null ? undefined : run;
  }, SLOW);

describe("planRun", () => {
  test("counts what a replay would run, by type, and who else handled it", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail"), processor("bridge")]);
    const receivedAt = Date.now() - 60_000;
    await receive(exampleBody("mention"), { receivedAt });
    for (let i = 0; i < 2; i += 1) await receive(exampleBody("note"), { receivedAt: receivedAt + 1 + i });
    await untilDead(deployment, 3);
    await until(async () => (await planRun(context, replayAll())).handledElsewhere?.handled === 3);
    const plan = await planRun(context, replayAll());
    expect(plan).toEqual({
      scope: replayAll(),
      processor: "mail",
      total: 3,
      complete: true,
      byType: [
        { type: "note", count: 2 },
        { type: "mention", count: 1 },
      ],
      oldestReceivedAt: receivedAt,
      newestReceivedAt: receivedAt + 2,
      alreadyThere: null,
      handledElsewhere: { sampled: 3, handled: 3 },
      until: expect.any(Number),
      target: { workers: 1, paused: false, waiting: 0 },
      activeRun: null,
    });
    const filtered: RunScope = { kind: "replay", filter: { processor: "mail", type: "note" } };
    expect(await planRun(context, filtered)).toMatchObject({
      total: 2,
      byType: [{ type: "note", count: 2 }],
    });
  });

  test("counts nothing where nothing is dead", async () => {
    const { context, start } = await deploy();
    await start([processor("mail")]);
    expect(await planRun(context, replayAll())).toMatchObject({
      total: 0,
      complete: true,
      byType: [],
      oldestReceivedAt: null,
      handledElsewhere: null,
    });
    const discarded = await planRun(context, { kind: "recover", processor: "mail" });
    expect(discarded).toMatchObject({ total: 0, byType: [] });
  });

  test("of a backfill says how many events the processor got already", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([processor("bridge")]);
    const early = [await receive(exampleBody("note")), await receive(exampleBody("reply"))];
    await until(async () => (await handledAt(deployment, "bridge")) === 2);
    await start([processor("mail")]);
    await receive(exampleBody("note"));
    await until(async () => (await handledAt(deployment, "mail")) === 1);
    const scope: RunScope = { kind: "backfill", processor: "mail", from: 0, to: Date.now() };
    const plan = await planRun(context, scope);
    expect(plan).toMatchObject({ total: 3, alreadyThere: 1, complete: true });
    expect(plan.byType[0]).toEqual({ type: "note", count: 2 });

    const { id } = await startRun(context, request(plan), ACTOR);
    expect(await untilEnded(deployment, id)).toMatchObject({ done: 3, items: { handled: 3 } });
    const { items } = await listRunItems(context, id, { limit: 10 });
    expect(items.map((item) => item.id)).toEqual(
      expect.arrayContaining(early.map((event) => `${event}~${id}`)),
    );
  });

  test.each<[string, RunScope, string]>([
    ["of a processor that is not there", replayAll("mial"), "PROCESSOR_NOT_FOUND"],
    ["backwards", { kind: "backfill", processor: "mail", from: 2, to: 1 }, "INVALID_RUN"],
    ["of no type", { kind: "backfill", processor: "mail", from: 1, to: 2, types: [] }, "INVALID_RUN"],
    ["into quarantine", { kind: "backfill", processor: QUARANTINE, from: 1, to: 2 }, "INVALID_RUN"],
    [
      "by a condition without meaning",
      { kind: "replay", filter: { processor: "mail", minAttempts: Number.NaN } },
      "INVALID_FILTER",
    ],
  ])("refuses a run %s", async (_, scope, code) => {
    const { context, start } = await deploy();
    await start([processor("mail")], { running: false });
    await expect(planRun(context, scope)).rejects.toMatchObject({ code });
    const plan = { scope, until: 1, total: 1, name: "", ratePerSecond: null, guard: null };
    await expect(startRun(context, plan, ACTOR)).rejects.toMatchObject({ code });
  });
});

async function handledAt({ context }: Deployment, name: string): Promise<number> {
  const counts = await context.queues.get(name).getJobCounts("completed");
  return counts["completed"] ?? 0;
}

describe("startRun", () => {
  test("replays as planned, is written down, and tells what became of each", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    const { runnable, mend } = mendable("mail");
    await start([runnable]);
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.push(await receive(exampleBody("note")));
    await untilDead(deployment, 7);
    const plan = await planRun(context, replayAll());
    mend();
    const started = await startRun(context, request(plan), ACTOR);
    expect(started).toMatchObject({ name: "Mended", kind: "replay", processor: "mail", total: 7, by: "mio" });
    const run = await untilEnded(deployment, started.id);
    expect(run).toMatchObject({ state: "done", done: 7, items: { handled: 7 }, why: ACTOR.why });
    const first = await listRunItems(context, run.id, { limit: 4 });
    const second = await listRunItems(context, run.id, { limit: 4, cursor: first.next ?? "" });
    expect(second.next).toBeNull();
    const items = [...first.items, ...second.items];
    expect(new Set(items.map((item) => item.id))).toEqual(new Set(ids));
    expect(new Set(items.map((item) => item.state))).toEqual(new Set(["handled"]));
    const { entries } = await listAudit(context, { limit: 1 });
    expect(entries).toMatchObject([
      { what: "start-run", target: "mail", by: "mio", why: ACTOR.why, filter: replayAll(), count: 7 },
    ]);
  });

  test("refuses a second run for the processor and names the first; another processor's is none of its business", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail"), killer("bridge")], { running: true });
    await receive(exampleBody("note"));
    await untilDead(deployment, 1);
    await untilDead(deployment, 1, "bridge");
    const plan = await planRun(context, replayAll());
    const first = await startRun(context, request(plan, { ratePerSecond: 0.001 }), ACTOR);
    await pauseRun(context, first.id, ACTOR);
    await expect(startRun(context, request(plan), ACTOR)).rejects.toMatchObject({
      code: "RUN_ACTIVE",
      message: expect.stringContaining(first.id),
    });
    expect((await planRun(context, replayAll())).activeRun).toBe(first.id);
    const other = await startRun(context, request(await planRun(context, replayAll("bridge"))), ACTOR);
    await untilEnded(deployment, other.id);
    expect((await listActiveRuns(context)).map(({ id }) => id)).toEqual([first.id]);
    expect((await listRuns(context, { limit: 10 })).runs.map(({ id }) => id)).toEqual([other.id, first.id]);
    const page = await listRuns(context, { limit: 1 });
    expect(page.runs.map(({ id }) => id)).toEqual([other.id]);
    const rest = await listRuns(context, { limit: 1, cursor: page.next ?? "" });
    expect(rest.runs.map(({ id }) => id)).toEqual([first.id]);
    expect((await listRuns(context, { processor: "mail", limit: 10 })).runs).toHaveLength(1);
  });

  test("of two starts at the same moment one is refused", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail")]);
    await receive(exampleBody("note"));
    await untilDead(deployment, 1);
    const wanted = request(await planRun(context, replayAll()));
    const results = await Promise.allSettled([1, 2, 3].map(() => startRun(context, wanted, ACTOR)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(2);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "RUN_ACTIVE" });
  });

  test.each<[string, Partial<RunRequest>, string]>([
    ["nothing", { total: 0 }, "NOTHING_TO_DO"],
    ["no rate", { ratePerSecond: 0 }, "INVALID_RUN"],
    ["a rate that is no number", { ratePerSecond: Number.NaN }, "INVALID_RUN"],
    ["a guard without a first one", { guard: { first: 0, maxFailed: 10 } }, "INVALID_RUN"],
    ["a guard beyond all", { guard: { first: 1, maxFailed: 101 } }, "INVALID_RUN"],
    ["a name like a novel", { name: "x".repeat(101) }, "INVALID_RUN"],
    ["no time", { until: Number.NaN }, "INVALID_RUN"],
    ["a time between two", { until: 1.5 }, "INVALID_RUN"],
  ])("refuses %s", async (_, parts, code) => {
    const { context, start } = await deploy();
    await start([processor("mail")], { running: false });
    const wanted = {
      scope: replayAll(),
      until: 1,
      total: 1,
      name: "",
      ratePerSecond: null,
      guard: null,
      ...parts,
    };
    await expect(startRun(context, wanted, ACTOR)).rejects.toMatchObject({ code });
    expect((await listRuns(context, { limit: 1 })).runs).toEqual([]);
  });
});

describe("a run", () => {
  test("is paused, resumed and cancelled by name and reason, all of it written down", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail")]);
    for (let i = 0; i < 3; i += 1) await receive(exampleBody("note"));
    await untilDead(deployment, 3);
    const plan = await planRun(context, replayAll());
    const { id } = await startRun(context, request(plan, { ratePerSecond: 0.001 }), ACTOR);
    await until(async () => (await showRun(context, id)).done === 1);
    expect(await pauseRun(context, id, { by: "ren", why: "lunch" })).toMatchObject({
      state: "paused",
      stateWhy: "by ren: lunch",
    });
    expect(await resumeRun(context, id, ACTOR)).toMatchObject({ state: "running", stateWhy: null });
    const ended = await cancelRun(context, id, { by: "ren", why: "" });
    expect(ended).toMatchObject({ state: "cancelled", stateWhy: "by ren", done: 1 });
    for (const change of [pauseRun, resumeRun, cancelRun])
      await expect(change(context, id, ACTOR)).rejects.toMatchObject({ code: "RUN_ENDED" });
    const { entries } = await listAudit(context, { limit: 10 });
    expect(entries.map(({ what, target, by }) => [what, target, by])).toEqual([
      ["cancel-run", `mail/${id}`, "ren"],
      ["resume-run", `mail/${id}`, "mio"],
      ["pause-run", `mail/${id}`, "ren"],
      ["start-run", "mail", "mio"],
    ]);
  });

  test.each(["", "nonsense", "mail/x", "000000000000"])("%j is none", async (id) => {
    const { context } = await deploy();
    for (const ask of [
      showRun(context, id),
      listRunItems(context, id, { limit: 1 }),
      pauseRun(context, id, ACTOR),
    ])
      await expect(ask).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });

  test.each(["", "nonsense", "e30", "WzEsMl0"])("cursor %j leads nowhere", async (cursor) => {
    const { context } = await deploy();
    await expect(listRuns(context, { limit: 1, cursor })).rejects.toMatchObject({ code: "INVALID_CURSOR" });
  });
});
