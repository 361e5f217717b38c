import { handled, PermanentError } from "@misskeep/processor";
import { DISCARD_KEPT_MS } from "@misskeep/queue";
import { capture, until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, type Deployment, killer, processor } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { discardDead } from "./discard-dead.ts";
import { listDead } from "./list-dead.ts";
import { listDiscarded } from "./list-discarded.ts";
import { listProcessors } from "./list-processors.ts";
import { recoverDead } from "./recover-dead.ts";
import { removeProcessor } from "./remove-processor.ts";
import { replayDead } from "./replay-dead.ts";
import { showEvent } from "./show-event.ts";

const me = { by: "mio", why: "spam" };
const body = JSON.parse(String(capture("note-direct").rawBody)) as { body: { note: { text: string } } };

async function dead({ context }: Deployment): Promise<readonly string[]> {
  const page = await listDead(context, { filter: {}, sort: "oldest", limit: 500 });
  return page.letters.map(({ id }) => id);
}

/** Lets events die at each processor. @returns their ids, the oldest first */
async function dieAt(deployment: Deployment, names: readonly string[], count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await deployment.receive({ ...body, eventId: `e${i}` }));
  await until(async () => (await dead(deployment)).length === names.length * count);
  return ids;
}

describe("discardDead and recoverDead", () => {
  test("put letters away and back, and say what they could not", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    await start([killer("mail")]);
    const [a = "", b = "", c = ""] = await dieAt(deployment, ["mail"], 3);
    expect(await discardDead(context, "mail", [a, b, a, "0-1-1"], me)).toEqual({
      discarded: [a, b],
      notDead: ["0-1-1"],
    });
    expect(await dead(deployment)).toEqual([c]);
    expect(await discardDead(context, "mail", [a], me)).toEqual({ discarded: [], notDead: [a] });
    expect(await replayDead(context, "mail", [a], me)).toEqual({ replayed: [], notDead: [a] });
    expect(await recoverDead(context, "mail", [b, c], me)).toEqual({ recovered: [b], notDiscarded: [c] });
    expect((await dead(deployment)).toSorted()).toEqual([b, c].toSorted());
  });

  test("are written down with who and why, before anything is done", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    await start([killer("mail")]);
    const [a = "", b = ""] = await dieAt(deployment, ["mail"], 2);
    await discardDead(context, "mail", [a, b], me);
    await recoverDead(context, "mail", [a], { by: "ren", why: "" });
    expect(await discardDead(context, "mail", [], me)).toEqual({ discarded: [], notDead: [] });
    await expect(discardDead(context, "nobody", [a], me)).rejects.toMatchObject({
      code: "PROCESSOR_NOT_FOUND",
    });
    expect((await listAudit(context, { limit: 9 })).entries).toMatchObject([
      { what: "recover", target: `mail/${a}`, by: "ren", count: 1, filter: null },
      { what: "discard", target: "mail", ...me, count: 2, filter: { ids: [a, b] } },
    ]);
    // A Redis that refuses the audit's entry refuses all.
    await context.redis.del("misskeep:{0}:audit");
    await context.redis.set("misskeep:{0}:audit", "broken");
    await expect(discardDead(context, "mail", [a], me)).rejects.toThrow("WRONGTYPE");
    expect(await dead(deployment)).toEqual([a]);
  });

  test("show in an event's history who put it away, and nobody gets it again", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    await start([killer("mail")]);
    const [id = ""] = await dieAt(deployment, ["mail"], 1);
    await discardDead(context, "mail", [id], me);
    const { processors } = await showEvent(context, id);
    expect(processors).toMatchObject([
      { processor: "mail", state: "discarded", discarded: { ...me, at: expect.any(Number) } },
    ]);
    await recoverDead(context, "mail", [id], me);
    expect((await showEvent(context, id)).processors).toMatchObject([{ state: "dead", discarded: null }]);
  });

  test("do not hinder a processor's removal; its letters can be recovered until they go", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    const stop = await start([killer("mail")]);
    const [id = ""] = await dieAt(deployment, ["mail"], 1);
    await discardDead(context, "mail", [id], me);
    await stop();
    await removeProcessor(context, "mail", me);
    expect((await listDiscarded(context, { limit: 9 })).total).toBe(1);
    const status = (await listProcessors(context)).find(({ name }) => name === "mail");
    expect(status).toMatchObject({ removed: true, dead: 0 });
    expect(await recoverDead(context, "mail", [id], me)).toMatchObject({ recovered: [id] });
    await discardDead(context, "mail", [id], me);
    await context.redis.del("misskeep:{mail}:discarded");
    expect((await listProcessors(context)).some(({ name }) => name === "mail")).toBe(false);
  });
});

describe("listDiscarded", () => {
  test("tells what was put away, by whom, why and until when it can be recovered", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    await start([killer("mail", "no such mailbox")]);
    const [id = ""] = await dieAt(deployment, ["mail"], 1);
    const [letter] = (await listDead(context, { filter: {}, sort: "newest", limit: 1 })).letters;
    await discardDead(context, "mail", [id], me);
    const { total, letters, next } = await listDiscarded(context, { processor: "mail", limit: 9 });
    expect({ total, next }).toEqual({ total: 1, next: null });
    expect(letters).toEqual([
      { ...letter, discarded: { ...me, at: expect.any(Number), until: expect.any(Number) } },
    ]);
    const { at = 0, until: end } = letters[0]?.discarded ?? {};
    expect(end).toBe(at + DISCARD_KEPT_MS);
    expect(JSON.stringify(letters)).not.toContain(body.body.note.text);
  });

  test("pages through all processors' letters, also those of one moment, while some leave", async () => {
    const deployment = await deploy();
    const { context, start } = deployment;
    const names = ["alpha", "beta"];
    await start([...names, "gamma"].map((name) => (name === "gamma" ? processor(name) : killer(name))));
    const ids = await dieAt(deployment, names, 12);
    await discardDead(context, "alpha", ids.slice(0, 8), me);
    await discardDead(context, "beta", ids.slice(0, 8), me);
    await discardDead(context, "alpha", ids.slice(8), me);
    await discardDead(context, "beta", ids.slice(8), me);
    for (const name of names) {
      const moment = 1_795_485_891_939;
      const zset = `misskeep:{${name}}:discarded`;
      for (const id of ids.slice(2, 9)) await context.redis.zadd(zset, moment, id);
    }
    const all = await listDiscarded(context, { limit: 100 });
    const keyOf = (each: { processor: string; id: string }): string => `${each.processor}/${each.id}`;
    expect(all.letters).toHaveLength(24);
    const expected = all.letters.map(keyOf);

    for (const limit of [1, 5, 7, 24]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listDiscarded(context, { limit, cursor });
        expect(page.letters.length).toBeLessThanOrEqual(limit);
        seen.push(...page.letters.map(keyOf));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(expected);
    }

    const first = await listDiscarded(context, { limit: 9 });
    const last = first.letters.at(-1);
    if (!last) throw new Error("no letter");
    await recoverDead(context, last.processor, [last.id], me);
    const rest = await listDiscarded(context, { limit: 100, cursor: first.next ?? undefined });
    expect([...first.letters, ...rest.letters].map(keyOf)).toEqual(expected);
    expect((await listDiscarded(context, { processor: "beta", limit: 100 })).total).toBe(
      last.processor === "beta" ? 11 : 12,
    );
  });

  test("refuses a cursor that it never gave, and a processor that is not there", async () => {
    const { context } = await deploy();
    for (const cursor of ["", "x", Buffer.from("[1]").toString("base64url"), "W10"])
      await expect(listDiscarded(context, { limit: 1, cursor })).rejects.toMatchObject({
        code: "INVALID_CURSOR",
      });
    await expect(listDiscarded(context, { processor: "x", limit: 1 })).rejects.toMatchObject({
      code: "PROCESSOR_NOT_FOUND",
    });
  });
});

test("a discarded letter that is recovered can be replayed", async () => {
  const deployment = await deploy();
  const { context, start } = deployment;
  let broken = true;
  await start([
    processor("mail", () => {
      if (broken) throw new PermanentError("no");
      return handled("sent");
    }),
  ]);
  const [id = ""] = await dieAt(deployment, ["mail"], 1);
  await discardDead(context, "mail", [id], me);
  await recoverDead(context, "mail", [id], me);
  broken = false;
  await replayDead(context, "mail", [id], me);
  await until(async () => (await showEvent(context, id)).processors[0]?.state === "handled");
});
