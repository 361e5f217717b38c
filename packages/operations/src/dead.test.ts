import { handled, type Outcome, PermanentError, QUARANTINE } from "@misskeep/processor";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, type Deployment, killer, processor } from "../test-support/deployment.ts";
import { listDead } from "./list-dead.ts";
import { replayDead } from "./replay-dead.ts";
import { showDead } from "./show-dead.ts";
import { showEvent } from "./show-event.ts";

const ACTOR = { by: "mio", why: "mended" };
const ALL = { offset: 0, limit: 200 };

async function untilDead({ context }: Deployment, total: number): Promise<void> {
  await until(async () => (await listDead(context, ALL)).total === total);
}

/** Lets every event die until it is mended. */
function mendable(name: string) {
  let broken = true;
  const runnable = processor(name, (): Outcome => {
    if (broken) throw new PermanentError("still broken");
    return handled();
  });
  return { runnable, mend: () => void (broken = false) };
}

describe("listDead", () => {
  test("merges the dead letters of all processors, newest first, and pages through them", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await start([killer("mail"), killer("bridge")]);
    for (let i = 0; i < 3; i += 1) await receive(exampleBody("note"));
    await receive(Buffer.from("no JSON"));
    await untilDead(deployment, 7);

    const whole = await listDead(context, ALL);
    expect(whole.processors).toEqual(
      expect.arrayContaining([
        { processor: "mail", dead: 3 },
        { processor: "bridge", dead: 3 },
        { processor: QUARANTINE, dead: 1 },
      ]),
    );
    const times = whole.letters.map(({ diedAt }) => diedAt);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const paged = await Promise.all([0, 2, 4, 6].map((offset) => listDead(context, { offset, limit: 2 })));
    expect(paged.flatMap(({ letters }) => letters)).toEqual(whole.letters);
    expect((await listDead(context, { processor: "mail", ...ALL })).letters).toHaveLength(3);
  });

  test("gives nothing where nothing is dead, and names the processors to one who mistypes", async () => {
    const { context } = await deploy();
    expect(await listDead(context, ALL)).toEqual({ total: 0, offset: 0, processors: [], letters: [] });
    await expect(listDead(context, { processor: "mial", ...ALL })).rejects.toMatchObject({
      code: "PROCESSOR_NOT_FOUND",
      message: expect.stringContaining(QUARANTINE),
    });
  });
});

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
      return event.processors[0]?.state === "handled" ? event : undefined;
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
