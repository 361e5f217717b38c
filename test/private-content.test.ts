/**
 * What people wrote reaches no log, at no level, no metric, and no command or page that was not asked for it: in real
 * apps, over every capture, with a text of its own in each field that can hold one.
 */
import { captures, deliver, runCli } from "@misskeep/testkit";
import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { startConsole } from "./support/console.ts";
import { idOf, makeWorld, SECRET, until } from "./support/world.ts";

const PRIVATE = new Set(["text", "cw", "memo", "moderationNote", "comment", "description", "choices"]);
const MARK = "not-for-others";

type Shape = "text" | "object" | "list";

/** The body with a marked text in each field of people's words, of the right shape or of one that no schema knows. */
function mark(body: Buffer, shape: Shape): { body: string; marks: number } {
  let marks = 0;
  const own = (): unknown => {
    marks += 1;
    const text = `${MARK}-${marks}`;
    return shape === "text" ? text : shape === "list" ? [text] : { [text]: text };
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] =>
      name === "eventId"
        ? [name, `${String(inner)}-${shape}`]
        : [name, PRIVATE.has(name) && (typeof inner === "string" || inner === null) ? own() : walk(inner)],
    );
    // Whoever is described in full has a memo, too.
    return Object.fromEntries("username" in value ? [...entries, ["memo", own()]] : entries);
  };
  return { body: JSON.stringify(walk(JSON.parse(body.toString("utf8")))), marks };
}

const level = "trace";

test("no one's words are shown, whatever becomes of their event", async () => {
  const world = await makeWorld(undefined, undefined, { LOG_LEVEL: level });
  const ingest = await world.ingest();
  const worker = await world.worker({ processors: ["effect", "steps"] });
  const console = await startConsole(world.redisUrl, undefined, { LOG_LEVEL: level });
  // A third is handled, a third dies at once, a third after retries.
  let count = 0;
  const answers = new Map<string, number>();
  world.receiver.answerWith(({ headers }) => {
    const key = String(headers["idempotency-key"]);
    const status = answers.get(key) ?? [200, 400, 500][(count += 1) % 3]!;
    answers.set(key, status);
    return { status };
  });
  const ids: string[] = [];
  let marks = 0;
  const send = async (body: string, capture = captures()[0]!): Promise<void> => {
    const answer = await deliver(ingest.url, capture, { secret: SECRET, body });
    expect(answer.status).toBeLessThan(203);
    ids.push(idOf(answer));
  };
  for (const shape of ["text", "object", "list"] as const)
    for (const capture of captures()) {
      const marked = mark(capture.rawBody, shape);
      marks += marked.marks;
      await send(marked.body, capture);
    }
  await send(`no JSON, but ${MARK}`);
  await send(JSON.stringify({ type: "unheard-of", body: { anything: MARK } }));
  await send(JSON.stringify({ body: { note: { text: MARK } } }));
  expect(marks).toBeGreaterThan(300);
  const refused = await deliver(ingest.url, captures()[0]!, { secret: "wrong", body: MARK });
  expect(refused.status).toBe(401);

  const unique = new Set(ids);
  await until(
    async () => {
      const { completed, failed } = await world.ended("effect");
      const quarantined = await world.ended("quarantine");
      return completed + failed + quarantined.failed >= unique.size && quarantined.failed >= 2;
    },
    { timeout: 120_000 },
  );
  const { failed } = await world.ended("effect");
  expect(failed).toBeGreaterThan(20);

  const shown: string[] = [];
  for (const args of [
    ["status"],
    ["doctor"],
    ["events", "list", "--limit", "200"],
    ["dead", "groups"],
    ["dead", "list", "--limit", "200"],
    ["audit"],
  ])
    for (const json of [[], ["--json"]]) {
      const { output } = await runCli([...args, ...json], {
        env: { REDIS_URL: world.redisUrl, LOG_LEVEL: level },
      });
      shown.push(`${args.join(" ")}: ${output}`);
    }
  for (const id of ids.filter((_, n) => n % 40 === 0))
    shown.push((await runCli(["events", "show", id], { env: { REDIS_URL: world.redisUrl } })).output);
  for (const path of ["/api/overview", "/api/dead", "/api/events", `/api/events/${ids[0]}`])
    shown.push((await console.get("ren", path)).text);
  for (const app of [ingest.process, worker, console.process]) {
    const { metricsPort } = app.lines.find(({ msg }) => msg === "ready") ?? {};
    for (const path of ["metrics", "ready"])
      shown.push(await (await fetch(`http://127.0.0.1:${String(metricsPort)}/${path}`)).text());
    await app.kill("SIGTERM");
    shown.push(app.output);
  }
  // It is there to be found.
  expect(JSON.stringify(await world.redis.xrange(keys.inbox, "-", "+"))).toContain(MARK);
  for (const text of shown) expect(around(text)).toBe("");
}, 240_000);

/** What stands around the mark, for who has to find how it came there. */
function around(text: string): string {
  const at = text.indexOf(MARK);
  return at < 0 ? "" : text.slice(Math.max(at - 300, 0), at + 100);
}
