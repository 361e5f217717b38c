import { recordRefusals, type Refusal } from "@misskeep/inbox";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, killer } from "../test-support/deployment.ts";
import { status } from "./status.ts";

describe("status", () => {
  test("knows an empty deployment", async () => {
    const { context } = await deploy();
    expect(await status(context)).toMatchObject({
      refusals: { total: 0, groups: [] },
      lastEvent: null,
      workers: { live: 0, silent: 0 },
      inbox: { waiting: 0, accepted: 0, oldestReceivedAt: null },
      processors: [{ name: "quarantine" }],
    });
  });

  test("groups refusals by reason and host, the most recent first", async () => {
    const { context } = await deploy();
    const refusal = (at: number, host?: string): Refusal => ({
      at,
      reason: "wrong-secret",
      ...(host === undefined ? {} : { host }),
    });
    await recordRefusals(
      context.redis,
      [refusal(50, "b.example"), refusal(40, "a.example"), refusal(30), refusal(20, "a.example")],
      new Map([["wrong-secret", 204]]),
    );
    const { refusals } = await status(context);
    expect(refusals.total).toBe(204);
    expect(refusals.groups).toEqual([
      { reason: "wrong-secret", host: "b.example", count: 1, first: 50, last: 50 },
      { reason: "wrong-secret", host: "a.example", count: 2, first: 20, last: 40 },
      { reason: "wrong-secret", host: null, count: 1, first: 30, last: 30 },
    ]);
  });

  test("tells the last event, what waits and what is dead", async () => {
    const { context, receive, start } = await deploy();
    const body = exampleBody("followed");
    const id = await receive(body);
    await receive(body);
    const before = await status(context);
    expect(before).toMatchObject({
      lastEvent: { id, type: "followed" },
      inbox: { waiting: 1, oldestWaitingAt: expect.any(Number), accepted: 1, duplicates: 1, entries: 1 },
    });
    await start([killer("mail")]);
    const after = await until(async () => {
      const found = await status(context);
      // A job may die before the dispatcher that added it has acknowledged its event.
      return found.processors[0]?.dead === 1 && found.inbox.waiting === 0 ? found : undefined;
    });
    expect(after).toMatchObject({ workers: { live: 1 }, inbox: { waiting: 0, oldestWaitingAt: null } });
    expect(after.redis.level).toBe("disk");
  });

  test("is plain JSON: nothing gets lost on the way to a console", async () => {
    const { context, receive, start } = await deploy();
    await start([killer("mail")]);
    await receive(exampleBody("note"));
    const found = await until(async () => {
      const now = await status(context);
      return now.processors[0]?.dead === 1 ? now : undefined;
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});
