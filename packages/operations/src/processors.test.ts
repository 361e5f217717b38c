import { handled, QUARANTINE } from "@misskeep/processor";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, type Deployment, killer, processor } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { listDead } from "./list-dead.ts";
import { listEvents } from "./list-events.ts";
import { listProcessors, type ProcessorStatus } from "./list-processors.ts";
import { pauseProcessor } from "./pause-processor.ts";
import { removeProcessor } from "./remove-processor.ts";
import { replayDead } from "./replay-dead.ts";
import { resumeProcessor } from "./resume-processor.ts";
import { cancelRun } from "./runs/change-run.ts";
import { planRun } from "./runs/plan-run.ts";
import type { RunScope } from "./runs/run.ts";
import { startRun } from "./runs/start-run.ts";
import { showEvent } from "./show-event.ts";

const me = { by: "me@here", why: "the target moves" };

async function find({ context }: Deployment, name: string): Promise<ProcessorStatus | undefined> {
  return (await listProcessors(context)).find((each) => each.name === name);
}

describe("listProcessors", () => {
  test("shows what each wants, who runs it and what it has before it", async () => {
    const deployment = await deploy();
    await deployment.start([processor("mail"), killer("bridge")]);
    await deployment.receive(exampleBody("note"));
    await until(async () => (await find(deployment, "bridge"))?.dead === 1);
    expect(await find(deployment, "bridge")).toMatchObject({
      subscriptions: [{ on: ["*"] }],
      workers: 1,
      waiting: 0,
      dead: 1,
      paused: null,
      removed: false,
    });
    expect((await listProcessors(deployment.context)).map(({ name }) => name)).toEqual([
      "bridge",
      "mail",
      QUARANTINE,
    ]);
    expect(await find(deployment, QUARANTINE)).toMatchObject({ workers: 1, removed: false });
  });

  test("keeps a processor whose workers are all gone, and says since when", async () => {
    const deployment = await deploy();
    const stop = await deployment.start([processor("mail")]);
    await stop();
    expect(await find(deployment, "mail")).toMatchObject({ workers: 0, seenAt: expect.any(Number) });
  });
});

describe("pauseProcessor and resumeProcessor", () => {
  test("let events wait, and go on", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([processor("mail")]);
    expect(await pauseProcessor(context, "mail", me)).toMatchObject({ already: false, pause: me });
    const id = await receive(exampleBody("note"));
    await until(async () => (await find(deployment, "mail"))?.waiting === 1);
    expect(await find(deployment, "mail")).toMatchObject({ paused: me, oldestWaitingAt: expect.any(Number) });
    expect(await resumeProcessor(context, "mail", me)).toMatchObject({ was: me });
    await until(async () => (await showEvent(context, id)).processors[0]?.state === "handled");
  });

  test("keep the reason of the first pause, and know one that was never paused", async () => {
    const { context, start } = await deploy();
    await start([processor("mail")]);
    await pauseProcessor(context, "mail", me);
    expect(await pauseProcessor(context, "mail", { by: "you", why: "" })).toMatchObject({
      already: true,
      pause: me,
    });
    await resumeProcessor(context, "mail", me);
    expect((await resumeProcessor(context, "mail", me)).was).toBeNull();
    await expect(resumeProcessor(context, "nobody", me)).rejects.toMatchObject({
      code: "PROCESSOR_NOT_FOUND",
    });
  });
});

test("who pauses, resumes and removes a processor is written down; what is refused before is not", async () => {
  const { context, start } = await deploy();
  await start([processor("mail")], { running: false });
  await pauseProcessor(context, "mail", me);
  await pauseProcessor(context, "mail", { by: "you", why: "" });
  await resumeProcessor(context, "mail", me);
  await expect(pauseProcessor(context, "nobody", me)).rejects.toMatchObject({ code: "PROCESSOR_NOT_FOUND" });
  await removeProcessor(context, "mail", me);
  const { entries } = await listAudit(context, { limit: 10 });
  expect(entries.map(({ what, target, by, why }) => ({ what, target, by, why }))).toEqual(
    ["remove-processor", "resume-processor", "pause-processor"].map((what) => ({
      what,
      target: "mail",
      ...me,
    })),
  );
});

describe("removeProcessor", () => {
  test("is refused while jobs wait, and while letters are dead", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    let broken = true;
    await start([processor("mail", (event, run) => (broken ? killer("mail").run(event, run) : handled()))]);
    await pauseProcessor(context, "mail", me);
    const id = await receive(exampleBody("note"));
    await until(async () => (await find(deployment, "mail"))?.waiting === 1);
    const refusal = { code: "PROCESSOR_IN_USE" };
    await expect(removeProcessor(context, "mail", me)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining("1 waiting"),
    });
    await resumeProcessor(context, "mail", me);
    await until(async () => (await listDead(context, { filter: {}, sort: "newest", limit: 1 })).total === 1);
    await expect(removeProcessor(context, "mail", me)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining("1 dead"),
    });
    expect(await find(deployment, "mail")).toMatchObject({ removed: false });
    broken = false;
    await replayDead(context, "mail", [id], me);
    await until(async () => (await showEvent(context, id)).processors[0]?.state === "handled");
    expect(await removeProcessor(context, "mail", me)).toEqual({ processor: "mail", workers: 1 });
  });

  test("is refused while a run is under way, which may be about to give it jobs", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([processor("mail"), processor("other")]);
    for (const type of ["note", "reply"] as const) {
      const id = await receive(exampleBody(type));
      await until(async () => (await showEvent(context, id)).processors.length === 2);
    }
    const scope: RunScope = { kind: "backfill", processor: "mail", from: 0, to: Date.now() };
    const { total, until: end } = await planRun(context, scope);
    const run = await startRun(
      context,
      { scope, name: "", until: end, total, ratePerSecond: 0.001, guard: null },
      me,
    );
    await expect(removeProcessor(context, "mail", me)).rejects.toMatchObject({
      code: "PROCESSOR_IN_USE",
      message: expect.stringContaining(run.id),
    });
    expect(await find(deployment, "mail")).toMatchObject({ removed: false });
    await cancelRun(context, run.id, me);
    await removeProcessor(context, "mail", me);
  });

  test("ends the subscription for workers that run, until one starts anew", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([processor("mail"), processor("other")]);
    await removeProcessor(context, "mail", me);
    expect(await find(deployment, "mail")).toBeUndefined();
    const id = await receive(exampleBody("note"));
    await until(async () => (await showEvent(context, id)).processors.length > 0);
    expect((await showEvent(context, id)).processors.map((each) => each.processor)).toEqual(["other"]);

    await start([processor("mail")]);
    expect(await find(deployment, "mail")).toMatchObject({ workers: 2, removed: false });
  });

  test("still shows a removed processor that a late dispatcher gave a job", async () => {
    const deployment = await deploy();
    const { context } = deployment;
    const stop = await deployment.start([processor("mail")]);
    await stop();
    await removeProcessor(context, "mail", me);
    await context.queues
      .get("mail")
      .add("event", { hook: "default", receivedAt: 1, body: "{}" }, { jobId: "0-1-1" });
    expect(await find(deployment, "mail")).toMatchObject({ removed: true, waiting: 1 });
    expect((await listEvents(context, { limit: 1 })).events).toEqual([]);
  });

  test("never takes quarantine away", async () => {
    const { context } = await deploy();
    await expect(removeProcessor(context, QUARANTINE, me)).rejects.toMatchObject({
      code: "PROCESSOR_BUILT_IN",
    });
  });
});
