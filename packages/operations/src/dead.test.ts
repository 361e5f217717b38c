import { QUARANTINE } from "@misskeep/processor";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, type Deployment, killer, mendable, processor } from "../test-support/deployment.ts";
import { listDead } from "./list-dead.ts";
import { replayDead } from "./replay-dead.ts";
import { showDead } from "./show-dead.ts";
import { showEvent } from "./show-event.ts";

const ACTOR = { by: "mio", why: "mended" };
const ALL = { filter: {}, sort: "newest", limit: 200 } as const;

async function untilDead({ context }: Deployment, total: number): Promise<void> {
  await until(async () => (await listDead(context, ALL)).total === total);
}

describe("showDead", () => {
  test("shows error, stack, attempts and event; the body only if it is asked for", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail", "no such mailbox")]);
    const id = await receive(exampleBody("mention"));
    await untilDead(deployment, 1);
    const letter = await showDead(context, "mail", id);
    expect(letter).toMatchObject({
      processor: "mail",
      id,
      error: { name: "PermanentError", message: "no such mailbox", stack: expect.stringContaining("at ") },
      attempts: 1,
      replays: 0,
      event: { type: "mention" },
      history: [{ attempt: 1, end: "dead", worker: expect.stringMatching(/^worker-/) }],
    });
    expect(letter).not.toHaveProperty("raw");
    expect((await showDead(context, "mail", id, { raw: true })).raw).toHaveProperty("utf8");
    await expect(showDead(context, "mail", "0-1-1")).rejects.toMatchObject({ code: "DEAD_LETTER_NOT_FOUND" });
  });
});

describe("replay", () => {
  test("runs the given letters again and tells which were not dead", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    const { runnable, mend } = mendable("mail");
    await start([runnable]);
    const id = await receive(exampleBody("note"));
    await untilDead(deployment, 1);
    mend();
    expect(await replayDead(context, "mail", [id, "0-1-1", id], ACTOR)).toEqual({
      replayed: [id],
      notDead: ["0-1-1"],
    });
    const { processors } = await until(async () => {
      const event = await showEvent(context, id);
      // The end is recorded before BullMQ counts the attempt.
      const [at] = event.processors;
      return at?.state === "handled" && at.attempts > 0 ? event : undefined;
    });
    expect(processors).toMatchObject([{ replays: 1, attempts: 1 }]);
  });

  test("dispatches a quarantined event afresh", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    await start([processor("mail")]);
    const id = await deployment.receive(Buffer.from("no JSON"));
    await untilDead(deployment, 1);
    expect(await replayDead(context, QUARANTINE, [id], ACTOR)).toMatchObject({ replayed: [id] });
    await until(async () => (await listDead(context, ALL)).letters[0]?.replays === 1);
  });
});
