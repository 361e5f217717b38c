import { DEFAULT_RETRY, fixed, handled, PermanentError } from "@misskeep/processor";
import { personDigest } from "@misskeep/queue";
import { inboxState } from "@misskeep/inbox";
import { connectRedis, keys, waitUntilReady } from "@misskeep/redis";
import { capture, captures, ownRedis, until } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { deploy, type Deployment, processor } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { discardDead } from "./discard-dead.ts";
import { erase } from "./erase.ts";
import { listDead } from "./list-dead.ts";
import { listEvents } from "./list-events.ts";
import { matcherOf } from "./matches-target.ts";
import { planErase } from "./plan-erase.ts";
import { rewriteDisk } from "./rewrite-disk.ts";
import { replayDead } from "./replay-dead.ts";
import { showEvent } from "./show-event.ts";

const me = { by: "mio", why: "asked by mail" };
const carol = { person: "@carol@misskey.test" };
const host = "misskey.test";

/** Whom and what the captures of Carol are about, and what a processor makes of it. */
const CONTENT = /carol|キャロル/iu;

/** Where in all that Redis holds, names of keys included, something of Carol's is left. */
async function traces({ context: { redis } }: Deployment): Promise<string[]> {
  const names = await redis.keys("*");
  const dumps = await Promise.all(
    names.map(async (name): Promise<unknown> => {
      switch (await redis.type(name)) {
        case "hash":
          return redis.hgetall(name);
        case "stream":
          return redis.xrange(name, "-", "+");
        case "zset":
          return redis.zrange(name, "0", "-1");
        case "list":
          return redis.lrange(name, 0, -1);
        case "set":
          return redis.smembers(name);
        default:
          return redis.get(name);
      }
    }),
  );
  const all = [...names, ...dumps.map((dump, i) => `${names[i]}: ${JSON.stringify(dump)}`)];
  return all
    .filter((text) => CONTENT.test(text))
    .map((text) => text.slice(0, 60) + text.slice(Math.max(text.search(CONTENT) - 30, 60)).slice(0, 60));
}

interface Swarm {
  readonly deployment: Deployment;
  /** Ids of the events that hold Carol's content, and of the others. */
  readonly ofCarol: readonly string[];
  readonly others: readonly string[];
}

/** Real deliveries, handled, ignored, failing, dead and discarded at several processors. */
async function aSwarm(): Promise<Swarm> {
  const deployment = await deploy();
  const { context, receive, start } = deployment;
  const says = (json: unknown): string => JSON.stringify(json);
  await start([
    processor("handles", ({ json }) => handled(`posted ${says(json)}`)),
    {
      ...processor("fails", ({ json }) => {
        throw new Error(`later: ${says(json)}`);
      }),
      // So late that it stays as it is until the test has it run.
      retry: { ...DEFAULT_RETRY, backoff: fixed("1d") },
    },
    processor("dies", ({ json }) => {
      throw new PermanentError(`never: ${says(json)}`);
    }),
    processor("discards", ({ json }) => {
      throw new PermanentError(`never: ${says(json)}`);
    }),
  ]);
  const matches = matcherOf(carol);
  const [ofCarol, others]: [string[], string[]] = [[], []];
  for (const { rawBody } of captures()) {
    const id = await receive(rawBody, { host });
    const json: unknown = JSON.parse(rawBody.toString("utf8"));
    (matches({ json, raw: rawBody, host }) ? ofCarol : others).push(id);
  }
  ofCarol.push(await receive(Buffer.from('{"username":"carol","host":"misskey.test", broken'), { host }));
  const all = ofCarol.length + others.length - 1;
  await until(async () => {
    const [dead, handledJobs, delayed] = await Promise.all([
      listDead(context, { filter: {}, sort: "oldest", limit: 1 }),
      context.redis.zcard(keys.queue("handles", "completed")),
      context.redis.zcard(keys.queue("fails", "delayed")),
    ]);
    return dead.total === all * 2 + 1 && handledJobs === all && delayed === all;
  });
  await discardDead(context, "discards", [...ofCarol, ...others], { by: "mio", why: "test" });
  return { deployment, ofCarol, others };
}

describe("erasing a person's content", () => {
  test("is planned exactly, and leaves no trace of them anywhere but in the plan's count", async () => {
    const { deployment, ofCarol, others } = await aSwarm();
    const { context } = deployment;
    const n = ofCarol.length - 1;
    const counts = { inbox: n + 1, jobs: n * 2, dead: n + 1, discarded: n, waiting: 0 };
    const told: number[] = [];
    const plan = await planErase(context, carol, (scanned) => void told.push(scanned));
    expect(plan).toEqual({ target: carol, ...counts, scanned: expect.any(Number) });
    expect(told.at(-1)).toBe(plan.scanned);
    expect(plan.scanned).toBeGreaterThanOrEqual((n + others.length) * 5);
    expect(await traces(deployment)).not.toEqual([]);

    const result = await erase(context, carol, me);
    expect(result).toMatchObject({ ...counts, target: carol });
    expect(await traces(deployment)).toEqual([]);
    expect(await planErase(context, carol)).toMatchObject({
      inbox: 0,
      jobs: 0,
      dead: 0,
      discarded: 0,
      waiting: 0,
    });
  });

  test("leaves ids, states and keys, and everything of others", async () => {
    const { deployment, ofCarol, others } = await aSwarm();
    const { context } = deployment;
    const statesOf = async (id: string): Promise<unknown> =>
      (await showEvent(context, id)).processors.map((each) => [
        each.processor,
        each.id,
        each.state,
        each.attempts,
      ]);
    const before = await Promise.all([...ofCarol, ...others].map(statesOf));
    const kept = await Promise.all(others.map((id) => showEvent(context, id, { raw: true })));
    const seen = (await context.redis.keys(keys.seen("*"))).toSorted();
    await erase(context, carol, me);
    expect(await Promise.all([...ofCarol, ...others].map(statesOf))).toEqual(before);
    expect(await Promise.all(others.map((id) => showEvent(context, id, { raw: true })))).toEqual(kept);
    expect((await context.redis.keys(keys.seen("*"))).toSorted()).toEqual(seen);
    for (const id of ofCarol) {
      const event = await showEvent(context, id, { raw: true, content: true });
      expect(event).toMatchObject({ id, inbox: null, erasedAt: expect.any(Number), content: null });
      expect(event.sentence).toBe("Its content was erased.");
      expect(event).not.toHaveProperty("raw");
    }
    const state = await inboxState(context.redis);
    expect(state).toMatchObject({ entries: others.length, waiting: 0 });
    const bodies = kept.map(({ bytes }) => bytes).reduce((sum, bytes) => sum + bytes, 0);
    expect(state.bytes).toBe(bodies);
  });

  test("is written down without their name", async () => {
    const { context } = await deploy();
    await erase(context, carol, me);
    await erase(context, { note: "atxm983haohs002z" }, me);
    const { entries } = await listAudit(context, { limit: 9 });
    expect(entries).toMatchObject([
      { what: "erase", target: "note:atxm983haohs002z", ...me },
      { what: "erase", target: personDigest("carol@MISSKEY.test"), ...me },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(CONTENT);
  });

  test("lets what was to be tried again, or is replayed, end ignored", async () => {
    const { deployment, ofCarol } = await aSwarm();
    const { context } = deployment;
    await erase(context, carol, me);
    const [id = ""] = ofCarol;
    await replayDead(context, "dies", [id], me);
    await (await context.queues.get("fails").getJob(id))?.promote();
    await until(async () => {
      const { processors } = await showEvent(context, id);
      const ended = processors.filter(({ processor: name }) => name === "dies" || name === "fails");
      return ended.length === 2 && ended.every(({ state, detail }) => state === "ignored" && detail !== null);
    });
  });
});

test("a note's content goes with what answers and quotes it", async () => {
  const { context, receive, start } = await deploy();
  await start([processor("handles")]);
  const ids = new Map<string, string>();
  for (const { name, rawBody } of captures()) ids.set(name, await receive(rawBody, { host }));
  await until(async () => (await context.redis.zcard(keys.queue("handles", "completed"))) === ids.size);
  const note = "atxm983haohs002z";
  expect(await erase(context, { note }, me)).toMatchObject({ inbox: 3, jobs: 3, waiting: 0 });
  const left = new Set((await listEvents(context, { limit: 100 })).events.map(({ id }) => id));
  const gone = [...ids].filter(([, id]) => !left.has(id)).map(([name]) => name);
  expect(gone).toEqual(["mention-by-reply", "note-reply", "reply-simple"]);
});

describe("what cannot be erased at once", () => {
  const body = capture("reply-cw-poll").rawBody;

  test("is told: an event that no dispatcher has, and a job that runs; nothing of it is touched", async () => {
    const { context, receive, start } = await deploy();
    let finish = (): void => {};
    const opened = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stop = await start([
      processor("slow", async () => {
        await opened;
        return handled();
      }),
    ]);
    await receive(body, { host });
    await until(async () => (await context.redis.llen(keys.queue("slow", "active"))) === 1);
    expect(await planErase(context, carol)).toMatchObject({ inbox: 1, jobs: 0, waiting: 1 });
    const running = await erase(context, carol, me, () => {}, { patienceMs: 0 });
    expect(running).toMatchObject({ inbox: 1, jobs: 0, waiting: 1 });
    finish();
    await until(async () => (await context.redis.zcard(keys.queue("slow", "completed"))) === 1);
    expect(await erase(context, carol, me)).toMatchObject({ inbox: 0, jobs: 1, waiting: 0 });
    await stop();

    const id = await receive(capture("reply-followers-only").rawBody, { host });
    expect(await planErase(context, carol)).toMatchObject({ inbox: 0, waiting: 1 });
    expect(await erase(context, carol, me, () => {}, { patienceMs: 0 })).toMatchObject({
      inbox: 0,
      waiting: 1,
    });
    expect((await showEvent(context, id, { raw: true })).raw).toBeDefined();
  });

  test("is waited for, and then goes with the jobs that it was given to meanwhile", async () => {
    const deployment = await deploy();
    const { context, receive, start } = deployment;
    await receive(body, { host });
    let started: Promise<unknown> | undefined;
    const result = await erase(context, carol, me, () => {
      // It has been looked for once: only now somebody dispatches it.
      started ??= start([processor("mail", ({ json }) => handled(JSON.stringify(json)))]);
    });
    expect(result).toMatchObject({ inbox: 1, jobs: 1, waiting: 0 });
    await started;
    expect(await traces(deployment)).toEqual([]);
  });
});

test("after a crash before the rest forgot what the job had said, erasing again does all that was left", async () => {
  const deployment = await deploy();
  const { context, receive, start } = deployment;
  const { redis } = context;
  await start([
    processor("dies", () => {
      throw new PermanentError("no");
    }),
  ]);
  const id = await receive(capture("reply-cw-poll").rawBody, { host });
  expect(await erase(context, { person: "@nobody@misskey.test" }, me)).toMatchObject({
    inbox: 0,
    disk: null,
  });
  const byPerson = { filter: { person: carol.person }, sort: "newest", limit: 1 } as const;
  await until(async () => (await listDead(context, byPerson)).letters.length === 1);
  await redis.xdel(keys.inbox, id.slice(2));
  await redis.hset(keys.queue("dies", id), "data", '{"hook":"default","receivedAt":1,"erased":2}');
  await redis.xadd(keys.queue("dies", "events"), "*", "failedReason", "never: キャロル");
  expect(await traces(deployment)).not.toEqual([]);
  expect(await erase(context, carol, me)).toMatchObject({ inbox: 0, dead: 0, disk: "rewriting" });
  expect(await traces(deployment)).toEqual([]);
});

test("nonsense is refused before anything is written down", async () => {
  const { context } = await deploy();
  for (const target of [{ person: "" }, { note: "x" }]) {
    await expect(erase(context, target, me)).rejects.toMatchObject({ code: "INVALID_TARGET" });
    await expect(planErase(context, target)).rejects.toMatchObject({ code: "INVALID_TARGET" });
  }
  expect((await listAudit(context, { limit: 1 })).entries).toEqual([]);
});

test("Redis' file on disk is written anew, where there is one", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = connectRedis({ url: server.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const rewrites = async (): Promise<number> =>
    Number(/aof_rewrites:(\d+)/.exec(await redis.info("all"))?.[1]);
  const before = await rewrites();
  expect(await rewriteDisk(redis)).toBe("rewriting");
  await until(async () => (await rewrites()) > before);
  await redis.config("SET", "appendonly", "no");
  expect(await rewriteDisk(redis)).toBe("off");
});
