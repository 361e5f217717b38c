import { handled, ignored, PermanentError } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { capture, until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  aRunnable,
  anId,
  fieldsOf,
  gate,
  historyOf,
  hurry,
  openWorld,
  untilState,
  type World,
} from "../test-support/world.ts";
import { findDeadIds } from "./dead-index/find-dead-ids.ts";
import { indexDeadLetter } from "./dead-index/update-letters.ts";
import { findDeadLetter, replayDeadLetter } from "./dead-letters.ts";
import { discardDeadLetter } from "./discard.ts";
import { eraseJob } from "./erase-job.ts";
import { findJob } from "./find-job.ts";
import { quarantine } from "./quarantine.ts";
import { recoverDeadLetter } from "./recover.ts";

const direct = capture("mention-direct");
const real = JSON.parse(String(direct.rawBody)) as { body: { note: { text: string } } };
const secret = "a word that only the note's author wrote";
/** What of it would be content: the note's text, its author, and what the handler made of them. */
const CONTENT = new RegExp(`${secret}|alice|${real.body.note.text.slice(0, 8)}`, "iu");
const AT = 1_795_000_000_000;

/** All that Redis holds for a job, as text. */
async function everything({ redis }: World, id: string): Promise<string> {
  const names = await redis.keys("*:p:*");
  const values = await Promise.all(
    names
      .filter((name) => name.includes(id))
      .map(async (name) => {
        const type = await redis.type(name);
        return type === "hash"
          ? redis.hgetall(name)
          : type === "list"
            ? redis.lrange(name, 0, -1)
            : redis.get(name);
      }),
  );
  return JSON.stringify(values);
}

test("of a dead letter nothing is left but that it died, when, and after which runs", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      async handle(_event, { step }) {
        await step("post", () => ({ posted: secret }));
        throw new PermanentError(`cannot post "${secret}"`);
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await untilState(world, id, "failed");
  await indexDeadLetter(world.redis, "p", id);
  await world.queues.get("p").addJobLog(id, secret);
  const before = await findDeadLetter(world.redis, world.queues, "p", id);
  expect(await everything(world, id)).toMatch(CONTENT);

  expect(await eraseJob(world.redis, "p", id, AT)).toBe("erased");
  expect(await everything(world, id)).not.toMatch(CONTENT);
  const after = await findDeadLetter(world.redis, world.queues, "p", id);
  expect(after).toMatchObject({
    id,
    diedAt: before?.diedAt,
    attempts: 1,
    steps: ["post"],
    error: { name: "PermanentError", message: "erased", code: "PERMANENT" },
    event: { facts: before?.event.facts, raw: Buffer.of(), json: undefined, erased: AT },
  });
  expect(after?.history).toEqual([
    { ...before?.history[0], error: { name: "PermanentError", message: "erased", code: "PERMANENT" } },
  ]);
  expect(await eraseJob(world.redis, "p", id, AT + 1)).toBe("erased");
  expect((await findDeadLetter(world.redis, world.queues, "p", id))?.event.erased).toBe(AT);
});

test("the index of dead letters forgets who took part, and the group that its message made", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      handle() {
        throw new PermanentError(`cannot post "${secret}"`);
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await untilState(world, id, "failed");
  await indexDeadLetter(world.redis, "p", id);
  const byPerson = { filter: { person: "@alice" }, sort: "newest", limit: 9 } as const;
  expect((await findDeadIds(world.redis, "p", byPerson)).letters).toHaveLength(1);
  await eraseJob(world.redis, "p", id, AT);
  expect((await findDeadIds(world.redis, "p", byPerson)).letters).toHaveLength(0);
  expect((await findDeadIds(world.redis, "p", { ...byPerson, filter: {} })).letters).toHaveLength(1);
  const names = await world.redis.keys(keys.dead("p", "*"));
  const dumps = await Promise.all(names.map((name) => world.redis.dumpBuffer(name)));
  expect(names.join(" ") + dumps.map((dump) => dump?.toString("latin1")).join(" ")).not.toMatch(CONTENT);
});

test("a replay of it is ignored, whatever its processor would do", async () => {
  const world = await openWorld();
  const handler = { runs: 0 };
  world.start(
    aRunnable(world, {
      handle() {
        handler.runs += 1;
        throw new PermanentError("no");
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await untilState(world, id, "failed");
  await eraseJob(world.redis, "p", id, AT);
  expect(await replayDeadLetter(world.redis, world.queues, "p", id)).toBe(true);
  await untilState(world, id, "completed");
  expect(handler.runs).toBe(1);
  expect(await findJob(world.redis, world.queues, "p", id)).toMatchObject({
    state: "ignored",
    detail: "its content was erased",
  });
});

test("a job that waits, or waits to be tried again, is ignored when its turn comes", async () => {
  const world = await openWorld();
  const fails = { times: 0 };
  const id = await world.add("p", anId(), real);
  expect(await eraseJob(world.redis, "p", id, AT)).toBe("erased");
  expect(await everything(world, id)).not.toMatch(CONTENT);
  world.start(
    aRunnable(world, {
      handle() {
        fails.times += 1;
        throw new Error(secret);
      },
    }),
  );
  await untilState(world, id, "completed");
  expect(fails.times).toBe(0);

  const delayed = await world.add("p", anId(), real);
  await until(() => fails.times === 1);
  await untilState(world, delayed, "delayed");
  expect(await everything(world, delayed)).toMatch(CONTENT);
  expect(await eraseJob(world.redis, "p", delayed, AT)).toBe("erased");
  expect(await everything(world, delayed)).not.toMatch(CONTENT);
  expect(await historyOf(world, delayed)).toMatchObject([{ end: "retry", error: { message: "erased" } }]);
  await hurry(world, delayed);
  await untilState(world, delayed, "completed");
  expect(fails.times).toBe(1);
});

test("how a job ended well is still known, not what its handler said", async () => {
  const world = await openWorld();
  const outcomes = [handled(`posted ${secret}`), ignored(`not ${secret}`)];
  world.start(aRunnable(world, { concurrency: 1, handle: () => outcomes.shift() ?? handled() }));
  const ids = [await world.add("p", anId(), real), await world.add("p", anId(), real)];
  for (const id of ids) {
    await untilState(world, id, "completed");
    expect(await everything(world, id)).toMatch(CONTENT);
    expect(await eraseJob(world.redis, "p", id, AT)).toBe("erased");
    expect(await everything(world, id)).not.toMatch(CONTENT);
  }
  const states = await Promise.all(ids.map((id) => findJob(world.redis, world.queues, "p", id)));
  expect(states).toMatchObject([
    { state: "handled", detail: undefined, history: [{ end: "handled" }] },
    { state: "ignored", detail: "erased", history: [{ end: "ignored" }] },
  ]);
});

test("a job that runs is left as it is until it has ended", async () => {
  const world = await openWorld();
  const { opened, open } = gate();
  world.start(
    aRunnable(world, {
      async handle() {
        await opened;
        throw new PermanentError(secret);
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await until(async () => (await fieldsOf(world, id))["mk:run"] !== undefined);
  const before = await fieldsOf(world, id);
  expect(await eraseJob(world.redis, "p", id, AT)).toBe("active");
  expect(await fieldsOf(world, id)).toEqual(before);
  open();
  await untilState(world, id, "failed");
  expect(await eraseJob(world.redis, "p", id, AT)).toBe("erased");
  expect(await everything(world, id)).not.toMatch(CONTENT);
});

test("a discarded letter's content goes, too, and it can still be recovered", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      handle() {
        throw new PermanentError(secret);
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await untilState(world, id, "failed");
  await discardDeadLetter(world.redis, "p", id, { by: "mio", why: "no use", at: 1 });
  expect(await eraseJob(world.redis, "p", id, AT)).toBe("erased");
  expect(await everything(world, id)).not.toMatch(CONTENT);
  expect(await recoverDeadLetter(world.redis, "p", id)).toBe(true);
  expect((await findDeadLetter(world.redis, world.queues, "p", id))?.event.erased).toBe(AT);
});

test("quarantine keeps why it took an event, and ignores it from then on", async () => {
  const world = await openWorld();
  world.start(quarantine(world));
  const id = anId();
  const data = {
    hook: "default",
    receivedAt: 1,
    base64: Buffer.from(`{"x": "${secret}"`).toString("base64"),
  };
  await world.queues.get("quarantine").add("event", { ...data, reason: "no JSON" }, { jobId: id });
  await untilState(world, id, "failed", "quarantine");
  expect(await eraseJob(world.redis, "quarantine", id, AT)).toBe("erased");
  expect(JSON.parse((await fieldsOf(world, id, "quarantine"))["data"] ?? "")).toEqual({
    hook: "default",
    receivedAt: 1,
    reason: "no JSON",
    erased: AT,
  });
  await replayDeadLetter(world.redis, world.queues, "quarantine", id);
  await untilState(world, id, "completed", "quarantine");
});

test("an error whose name or code says something loses them, too", async () => {
  const world = await openWorld();
  const name = secret;
  world.start(
    aRunnable(world, {
      handle() {
        throw Object.assign(new PermanentError("no"), { name, code: `${name} ${secret}` });
      },
    }),
  );
  const id = await world.add("p", anId(), real);
  await untilState(world, id, "failed");
  await eraseJob(world.redis, "p", id, AT);
  expect(await everything(world, id)).not.toMatch(CONTENT);
  expect((await findDeadLetter(world.redis, world.queues, "p", id))?.error).toEqual({
    name: "Erased",
    message: "erased",
  });
});

test("what is not there is not erased, and nothing is made of it", async () => {
  const world = await openWorld();
  expect(await eraseJob(world.redis, "p", anId(), AT)).toBe("absent");
  expect(await world.redis.keys("*")).toEqual([]);
});
