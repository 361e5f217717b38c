/** The console's API over a whole deployment of real processes. */
import { capture } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { type ConsoleApi, startConsole } from "./support/console.ts";
import { idOf, makeWorld, until, type World } from "./support/world.ts";

const PRIVATE = ["note-direct", "note-followers-only", "mention-direct", "abuseReport-local"];

interface Page {
  readonly letters: readonly {
    readonly id: string;
    readonly group: string;
    readonly event: { readonly id: string };
  }[];
}

/** A deployment whose only processor refuses everything, with one dead letter for each capture. */
async function withDead(
  names: readonly string[],
): Promise<{ world: World; console: ConsoleApi; ids: string[] }> {
  const world = await makeWorld();
  world.receiver.answerWith(() => ({ status: 400 }));
  const ingest = await world.ingest();
  await world.worker();
  const ids: string[] = [];
  for (const name of names) ids.push(idOf(await ingest.deliver(name)));
  await until(async () => (await world.ended("effect")).failed === names.length);
  return { world, console: await startConsole(world.redisUrl), ids };
}

/** What nobody may read who may only look: texts, content warnings, comments. */
function secretsOf(name: string): string[] {
  const found: string[] = [];
  const look = (value: unknown, key = ""): void => {
    if (typeof value === "string" && ["text", "cw", "comment", "memo"].includes(key) && value.length > 3)
      found.push(value);
    if (typeof value === "object" && value !== null)
      for (const [inner, each] of Object.entries(value)) look(each, inner);
  };
  look(JSON.parse(capture(name).rawBody.toString("utf8")));
  return found;
}

/** As itself, in JSON, or in the JSON of a body that is a text in JSON. */
function holds(text: string, secret: string): boolean {
  const escape = (plain: string): string => JSON.stringify(plain).slice(1, -1);
  return [secret, escape(secret), escape(escape(secret))].some((form) => text.includes(form));
}

test("who may only look reads nothing private, whatever route they ask; who may do everything does", async () => {
  const { console, ids } = await withDead(PRIVATE);
  const secrets = PRIVATE.flatMap(secretsOf);
  expect(secrets.length).toBeGreaterThanOrEqual(PRIVATE.length);
  const page = JSON.parse((await console.get("mio", "/api/dead")).text) as Page;
  const plan = await console.post<{ total: number; until: number; scope: object }>("mio", "/api/runs/plan", {
    scope: { kind: "replay", filter: { processor: "effect" } },
  });
  const { scope, total, until: to } = plan;
  const request = { scope, total, until: to, name: "again", ratePerSecond: null, guard: null };
  const run = await console.post<{ id: string }>("mio", "/api/runs", { request });

  const seen = { mio: new Set<string>(), ren: new Set<string>() };
  const asked = new Set<string>();
  for (const { method, path, query } of console.routes) {
    if (method !== "GET" || path === "/api/live") continue;
    const search = new URLSearchParams(path.endsWith("/series") ? { span: "hour" } : {});
    for (const name of ["raw", "content"]) if (query.includes(name)) search.set(name, "1");
    const targets = path.includes("/runs/")
      ? [run.id]
      : path.includes("{group}")
        ? page.letters.map(({ group }) => group)
        : ids;
    for (const target of path.includes("{") ? targets : [""]) {
      const url = path.replace("{processor}", "effect").replaceAll(/\{\w+\}/g, target);
      for (const who of ["ren", "mio"] as const) {
        const { status, text } = await console.get(who, `${url}?${search.toString()}`);
        asked.add(path);
        if (who === "mio") expect([200, 404], `${url}: ${text}`).toContain(status);
        else expect([200, 403, 404], `${url}: ${text}`).toContain(status);
        for (const secret of secrets) if (holds(text, secret)) seen[who].add(`${path}: ${secret}`);
      }
    }
  }
  expect([...seen.ren]).toEqual([]);
  for (const secret of secrets)
    expect(
      [...seen.mio].some((each) => each.endsWith(`: ${secret}`)),
      secret,
    ).toBe(true);
  expect(asked.size).toBeGreaterThan(15);
  // What is found by searching would tell as much.
  const search = await console.get("ren", `/api/dead?text=${encodeURIComponent(secrets[0]!)}`);
  expect([search.status, search.text]).toEqual([403, expect.stringContaining("READ_ONLY")]);
});

test("letters are replayed, discarded and recovered by name, and the audit says who did it", async () => {
  const { world, console, ids } = await withDead(["note-plain-japanese", "followed-basic", "renote-quote"]);
  const [first, second, third] = ids as [string, string, string];
  world.receiver.answerWith(() => ({ status: 200 }));
  const replay = { processor: "effect", ids: [first, "0-1-1"] };
  expect(await console.post("mio", "/api/dead/replay", replay)).toEqual({
    replayed: [first],
    notDead: ["0-1-1"],
  });
  await until(async () => (await world.stateOf("effect", first)) === "completed");
  expect(await console.post("mio", "/api/dead/replay", replay)).toMatchObject({ replayed: [] });

  const discard = { processor: "effect", ids: [second, third], why: "spam", count: 2 };
  await expect(console.post("mio", "/api/dead/discard", { ...discard, count: 3 })).rejects.toThrow(
    "COUNT_MISMATCH",
  );
  await expect(console.post("mio", "/api/dead/discard", { ...discard, why: " " })).rejects.toThrow(
    "INVALID_REQUEST",
  );
  expect(await console.post("mio", "/api/dead/discard", discard)).toEqual({
    discarded: expect.arrayContaining([second, third]),
    notDead: [],
  });
  const put = JSON.parse((await console.get("ren", "/api/dead/discarded")).text) as Page;
  expect(put.letters.map(({ id }) => id).toSorted()).toEqual([second, third].toSorted());
  const recover = { processor: "effect", ids: [second] };
  expect(await console.post("mio", "/api/dead/recover", recover)).toEqual({
    recovered: [second],
    notDiscarded: [],
  });
  const dead = JSON.parse((await console.get("ren", "/api/dead?processor=effect")).text) as Page;
  expect(dead.letters.map(({ id }) => id)).toEqual([second]);

  const audit = JSON.parse((await console.get("ren", "/api/audit")).text) as {
    entries: { by: string; what: string; why: string }[];
  };
  expect(audit.entries.map(({ by, what }) => `${by}: ${what}`)).toEqual([
    "mio: recover",
    "mio: discard",
    "mio: replay",
    "mio: replay",
  ]);
});

test("what is public is shown at once; what is private to those who may and ask", async () => {
  const { console, ids } = await withDead(["note-plain-japanese", ...PRIVATE]);
  const [open, ...hidden] = ids;
  const look = async (who: "ren" | "mio", path: string) =>
    JSON.parse((await console.get(who, path)).text) as object;
  for (const folder of ["/api/events", "/api/dead/letters/effect"]) {
    for (const who of ["ren", "mio"] as const) {
      for (const path of [`${folder}/${open!}`, `${folder}/${open!}?content=1`]) {
        const letter = await look(who, path);
        const content = { isPrivate: false, note: { author: { handle: "@alice" } } };
        expect(letter, `${who} ${path}`).toMatchObject({ content, contentHidden: false });
        expect(letter).not.toHaveProperty("raw");
      }
    }
    for (const id of hidden) {
      const path = `${folder}/${id}`;
      const nothing = { content: null, contentHidden: true };
      expect(await look("ren", path), path).toMatchObject(nothing);
      expect(await look("ren", `${path}?content=1`), path).toMatchObject(nothing);
      // Not asked for, nothing of it is in the answer, even to those who may.
      const unasked = await console.get("mio", path);
      expect(JSON.parse(unasked.text), path).toMatchObject(nothing);
      for (const secret of PRIVATE.flatMap(secretsOf)) expect(holds(unasked.text, secret), path).toBe(false);
      const asked = await look("mio", `${path}?content=1`);
      expect(asked, path).toMatchObject({ content: { isPrivate: true }, contentHidden: false });
    }
  }
});

test("dead letters are exported a line each with their bodies, and it is written down", async () => {
  const names = ["note-direct", "followed-basic", "note-plain-japanese"];
  const { console, ids } = await withDead(names);
  const { status, text } = await console.get("mio", "/api/dead/export?processor=effect");
  expect(status).toBe(200);
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; raw: { utf8: string } });
  expect(lines.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  for (const [index, name] of names.entries())
    expect(lines.find(({ id }) => id === ids[index])?.raw.utf8).toBe(capture(name).rawBody.toString("utf8"));
  expect(
    (await console.get("mio", "/api/dead/export?processor=effect&type=followed")).text.trim().split("\n"),
  ).toHaveLength(1);
  expect((await console.get("mio", "/api/dead/export?type=unfollow")).text).toBe("");
  expect(await console.get("mio", "/api/dead/export?processor=nobody")).toMatchObject({ status: 404 });
  expect(await console.get("ren", "/api/dead/export")).toMatchObject({ status: 403 });
  const audit = await console.get("mio", "/api/audit");
  expect(audit.text).toContain('"what":"export"');
});

test("what came is taken elsewhere as it was, and what was edited as it is now", async () => {
  const { world, console, ids } = await withDead(["note-plain-japanese"]);
  const [id] = ids as [string];
  const came = capture("note-plain-japanese").rawBody.toString("utf8");
  const edited = came.replace('"body"', '"edited":"it\'s","body"');
  const { child } = await console.post<{ child: string }>("mio", `/api/dead/letters/effect/${id}/edit`, {
    body: edited,
    why: "to see",
  });
  await until(async () => (await world.stateOf("effect", child)) === "failed");
  for (const [path, rawBody] of [
    [`/api/events/${id}`, came],
    [`/api/dead/letters/effect/${id}`, came],
    [`/api/dead/letters/effect/${child}`, edited],
  ] as const) {
    const fixture = await console.get("mio", `${path}/fixture`);
    expect(JSON.parse(fixture.text), path).toMatchObject({ rawBody });
    const curl = await console.get("mio", `${path}/curl`);
    expect(curl.status).toBe(200);
    expect(curl.text, path).toContain(`printf %s '${rawBody.replaceAll("'", `'\\''`)}' | curl `);
    for (const what of ["fixture", "curl"])
      expect(await console.get("ren", `${path}/${what}`), path).toMatchObject({ status: 403 });
  }
});
