import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { misskeep, startMisskeep, temporaryFolder } from "./support/misskeep.ts";
import { idOf, makeWorld, until, type World } from "./support/world.ts";

/** What is read of the answers. */
interface Run {
  readonly id: string;
}
interface RunPlan {
  readonly total: number;
}

interface Deployment {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly url: string;
}

/** A deployment whose `effect` let so many events die. */
async function deploymentWithDead(count: number): Promise<Deployment> {
  const world = await makeWorld();
  const ingest = await world.ingest();
  world.receiver.answerWith(() => ({ status: 400 }));
  await world.worker();
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1)
    ids.push(idOf(await ingest.deliver("mention-by-reply", { fresh: true })));
  await until(async () => (await world.ended("effect")).failed === count, { timeout: 60_000 });
  return { world, ids, url: ingest.url, env: { REDIS_URL: world.redisUrl } };
}

async function groupOf(env: Deployment["env"]): Promise<string> {
  return until(async () => {
    const { groups } = (await misskeep(env, "dead", "groups", "--json")).json() as {
      groups: { group: string; count: number }[];
    };
    return groups[0]?.group;
  });
}

test("from status to the group, to a letter, and to a run that mends them all", async () => {
  const { world, env, ids } = await deploymentWithDead(3);
  const group = await groupOf(env);
  expect((await misskeep(env, "status")).stdout).toContain("misskeep dead groups");
  const groups = await misskeep(env, "dead", "groups", "effect", "--state", "open");
  expect(groups.stdout).toContain(`misskeep dead replay --group ${group}`);
  expect(groups.stdout).toContain("PermanentError [PERMANENT]: the receiver does not want it");
  expect((await misskeep(env, "dead", "show", group)).stdout).toContain(
    `misskeep dead list --group ${group}`,
  );
  const letter = await misskeep(env, "dead", "show", "effect", ids[0]!, "--content");
  expect(letter.stdout).toContain(`misskeep dead show ${group}`);

  const planned = await misskeep(env, "dead", "replay", "--group", group, "--dry-run", "--rate", "2");
  expect(planned.stdout).toContain("Plan: replay 3 dead letters of effect");
  expect(planned.stdout).toContain("at 2 a second");
  const refused = await misskeep(env, "dead", "replay", "--group", group);
  expect(refused.code).toBe(2);
  expect(refused.output).toContain("NEEDS_YES");
  expect((await misskeep(env, "runs", "list", "--json")).json()).toEqual({ runs: [], next: null });

  // Nothing is mended yet: the first one fails, and the guard stops the run before the others.
  const guarded = await misskeep(env, "dead", "replay", "--group", group, "--try", "1", "--yes", "--json");
  const { run } = guarded.json() as { run: Run };
  expect(run).toMatchObject({ state: "stopped", done: 1, total: 3, items: { dead: 1 } });
  expect(guarded.code).toBe(3);
  expect((await misskeep(env, "runs", "show", run.id, "--state", "dead")).stdout).toContain(
    `misskeep runs resume ${run.id}`,
  );
  const second = await misskeep(env, "dead", "replay", "effect", "--all", "--yes", "--json");
  expect(second.error()).toMatchObject({ code: "RUN_ACTIVE", message: expect.stringContaining(run.id) });

  world.receiver.answerWith(() => ({ status: 200 }));
  expect((await misskeep(env, "runs", "resume", run.id)).stdout).toContain(`Run ${run.id} is `);
  const watched = await misskeep(env, "runs", "show", run.id, "--watch", "--json");
  expect(watched.json()).toMatchObject({ run: { state: "done", done: 3, items: { handled: 2 } } });
  const rest = await misskeep(env, "dead", "replay", "--group", group, "--yes");
  expect(rest.code, rest.output).toBe(0);
  expect(rest.stdout).toContain("1 of 1, 1 handled");
  expect((await misskeep(env, "dead", "groups")).stdout).toContain("No dead letters.");
  const audit = await misskeep(env, "audit");
  expect(audit.stdout).toContain("start-run effect");
  expect((await misskeep(env, "audit", "--json", "--limit", "1")).json()).toMatchObject({
    entries: [{ what: "start-run", target: "effect" }],
  });
}, 180_000);

test("Ctrl-C leaves a run going, and says how to watch and to end it", async () => {
  const { world, env } = await deploymentWithDead(3);
  world.receiver.answerWith(() => ({ status: 200 }));
  // So slow that it cannot end meanwhile.
  const cli = startMisskeep(env, "dead", "replay", "effect", "--all", "--rate", "0.001", "--yes");
  await cli.waitFor("is under way");
  const { runs } = (await misskeep(env, "runs", "list", "effect", "--json")).json() as { runs: Run[] };
  const id = runs[0]!.id;
  expect((await cli.kill("SIGINT")).code).toBe(3);
  expect(cli.stdout).toContain("the run goes on in the workers");
  expect(cli.stdout).toContain(`misskeep runs show ${id} --watch`);
  expect(cli.stdout).toContain(`misskeep runs cancel ${id}`);

  expect((await misskeep(env, "runs", "pause", id, "--why", "lunch")).stdout).toContain("paused");
  expect((await misskeep(env, "runs", "show", id)).stdout).toContain("lunch");
  expect((await misskeep(env, "runs", "cancel", id, "--json")).error()).toMatchObject({ code: "NEEDS_YES" });
  expect((await misskeep(env, "runs", "cancel", id, "--yes", "--json")).json()).toMatchObject({
    run: { id, state: "cancelled" },
  });
  expect((await misskeep(env, "runs", "cancel", id, "--yes", "--json")).error()).toMatchObject({
    code: "RUN_ENDED",
  });
}, 120_000);

test("letters are discarded with a reason and recovered, one by one and by a run", async () => {
  const { env, ids } = await deploymentWithDead(3);
  const why = ["--why", "sent by hand"];
  const one = await misskeep(env, "dead", "discard", "effect", ids[0]!, "0-1-1", ...why, "--yes", "--json");
  expect(one.code).toBe(1);
  expect(one.json()).toMatchObject({ discarded: [ids[0]], notDead: ["0-1-1"] });
  expect((await misskeep(env, "dead", "discarded")).stdout).toContain("sent by hand");
  expect((await misskeep(env, "dead", "recover", "effect", ids[0]!)).stdout).toContain("dead again");

  const refused = await misskeep(env, "dead", "discard", "effect", "--all", ...why);
  expect(refused.output).toContain("NEEDS_YES");
  const all = await misskeep(env, "dead", "discard", "effect", "--all", ...why, "--yes", "--json");
  const { run } = all.json() as { run: Run };
  expect(run).toMatchObject({ kind: "discard", state: "done", items: { discarded: 3 } });
  expect((await misskeep(env, "dead", "discarded", "effect", "--json")).json()).toMatchObject({ total: 3 });
  const recovered = await misskeep(env, "dead", "recover", "effect", "--run", run.id, "--yes");
  expect(recovered.stdout).toContain("3 recovered");
  expect((await misskeep(env, "dead", "list", "--json")).json()).toMatchObject({ total: 3 });
}, 120_000);

test("what is said of a group: resolved, reopened, muted; and its index is built anew", async () => {
  const { env } = await deploymentWithDead(1);
  const group = await groupOf(env);
  const resolved = await misskeep(env, "dead", "resolve", group, "--why", "renewed the certificate");
  expect(resolved.stdout).toContain("is resolved");
  expect((await misskeep(env, "dead", "show", group)).stdout).toContain("renewed the certificate");
  expect((await misskeep(env, "dead", "reopen", group)).stdout).toContain("is open again");
  const muted = (await misskeep(env, "dead", "mute", group, "--until", "8h", "--json")).json();
  expect(muted).toMatchObject({ group, mutedUntil: expect.any(Number) });
  const off = (await misskeep(env, "dead", "mute", group, "--off", "--json")).json();
  expect(off).toMatchObject({ group, mutedUntil: null });
  expect((await misskeep(env, "dead", "rebuild-index", "effect")).stdout).toBe(
    "effect: 1 dead letter in 1 group\n",
  );
}, 120_000);

test("a letter is exported, its body changed, and run as a child of its own", async () => {
  const { world, env, ids } = await deploymentWithDead(1);
  const [id = ""] = ids;
  const exported = await misskeep(env, "dead", "export", "effect", "--json");
  const lines = exported.stdout.trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([id]);

  const printed = await misskeep(env, "dead", "edit", "effect", id, "--json");
  const file = join(await temporaryFolder(), "body.json");
  const body = printed.json() as { body: { note: { text: string } } };
  body.body.note.text = "mended";
  await writeFile(file, JSON.stringify(body));
  const checked = await misskeep(env, "dead", "edit", "effect", id, "--body", file, "--dry-run");
  expect(checked.stdout).toMatch(/^body\.note\.text\n- .*\n\+ "mended"\n$/);
  const refused = await misskeep(env, "dead", "edit", "effect", id, "--body", file, "--json");
  expect(refused.error()).toMatchObject({ code: "NEEDS_YES" });
  world.receiver.answerWith(() => ({ status: 200 }));
  const edited = await misskeep(env, "dead", "edit", "effect", id, "--body", file, "--yes", "--json");
  const { child } = edited.json() as { child: string };
  await until(async () => (await world.stateOf("effect", child)) === "completed", { timeout: 60_000 });
  expect((await misskeep(env, "events", "show", id)).stdout).toContain(`made of ${id}`);

  await writeFile(file, "{");
  const wrong = await misskeep(env, "dead", "edit", "effect", id, "--body", file, "--yes", "--json");
  expect(wrong.error()).toMatchObject({ code: "EDIT_INVALID" });
}, 120_000);

test("an event is followed as it comes, sent again as a duplicate, backfilled, and erased", async () => {
  const { world, env, url, ids } = await deploymentWithDead(1);
  world.receiver.answerWith(() => ({ status: 200 }));
  const [id = ""] = ids;
  const tail = startMisskeep(env, "events", "tail", "--type", "note", "--json");
  // It follows from when it listens on, which nothing tells: an event is sent until one is seen.
  await until(
    async () => {
      await misskeep(env, "send", "note", "--url", url);
      return tail.lines.length > 0;
    },
    { timeout: 60_000 },
  );
  expect(tail.lines[0]).toMatchObject({ type: "note", hook: "default" });
  expect((await tail.kill("SIGINT")).code).toBe(0);

  const again = await misskeep(env, "send", "mention", "--resend", "--url", url, "--json");
  expect(again.json()).toMatchObject({ answers: [{ status: 200, body: { status: "duplicate", id } }] });
  const curl = await misskeep(env, "events", "show", id, "--as", "curl");
  expect(curl.stdout).toContain("-H 'x-misskey-hook-secret: '\"$MISSKEY_HOOK_SECRET\"");
  const fixture = (await misskeep(env, "events", "show", id, "--as", "fixture")).json();
  expect(fixture).toMatchObject({ rawBody: expect.any(String), headers: expect.any(Array) });

  const backfill = ["events", "backfill", "effect", "--since", "1h", "--type", "mention"];
  expect((await misskeep(env, ...backfill)).output).toContain("NEEDS_YES");
  const filled = await misskeep(env, ...backfill, "--yes", "--json");
  const { plan, run } = filled.json() as { plan: RunPlan; run: Run };
  expect(plan).toMatchObject({ total: 1, alreadyThere: 1 });
  expect(run).toMatchObject({ kind: "backfill", state: "done", items: { handled: 1 } });

  const { headers, rawBody } = fixture as { headers: [string, string][]; rawBody: string };
  expect(headers.map(([name]) => name)).toContain("x-misskey-host");
  const note = (JSON.parse(rawBody) as { body: { note: { id: string } } }).body.note.id;
  const erase = ["events", "erase", "--note", note];
  expect((await misskeep(env, ...erase, "--dry-run")).stdout).toContain(`erase what note ${note} said`);
  expect((await misskeep(env, ...erase)).output).toContain("NEEDS_YES");
  const erased = (await misskeep(env, ...erase, "--yes", "--json")).json() as {
    plan: { inbox: number };
    erased: { inbox: number; waiting: number };
  };
  expect(erased).toMatchObject({ plan: { inbox: 1 }, erased: { inbox: 1, waiting: 0 } });
  const shown = await misskeep(env, "events", "show", id, "--raw", "--json");
  expect(shown.json()).toMatchObject({ id, erasedAt: expect.any(Number) });
  expect(shown.stdout).not.toContain(note);
  expect((await misskeep(env, ...erase)).stdout).toContain("Nothing of note");
}, 180_000);

test("processors and workers are shown with what they do", async () => {
  const { world, env } = await deploymentWithDead(1);
  const list = await misskeep(env, "processors", "list");
  expect(list.stdout).toMatch(/^LAST 5 MIN +DONE\/MIN +FAILED\/MIN +P95 +WANTS$/m);
  expect(list.stdout).toMatch(/^relay is off: /m);
  const shown = await misskeep(env, "processors", "show", "effect");
  expect(shown.stdout).toContain(`EFFECT_URL=`);
  expect(shown.stdout).toContain("waits        50 ms, 50 ms");
  expect((await misskeep(env, "processors", "show", "effect", "--json")).json()).toMatchObject({
    name: "effect",
    dead: 1,
    rules: { attempts: 3, concurrency: 16 },
  });

  // One that runs until it is let go.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.receiver.answerWith(async () => {
    await held;
    return { status: 200 };
  });
  await misskeep(env, "dead", "replay", "effect", "--all", "--detach", "--yes");
  const running = await until(
    async () => {
      const { stdout } = await misskeep(env, "workers", "list");
      return stdout.includes("RUNS NOW") && stdout;
    },
    { timeout: 60_000 },
  );
  release();
  expect(running).toMatch(/^HOST +PID +STATE +FOR +MEMORY +RUNS +VERSION +PROCESSORS$/m);
  expect(running).toMatch(/ live .* MiB +1 /);
  expect(running).toMatch(/^effect +0-\d+-\d+ /m);
}, 120_000);

test("the script of a shell is one, and offers commands, options, and names that Redis holds", async () => {
  const { env, ids } = await deploymentWithDead(1);
  const script = (await misskeep(env, "completion", "bash")).stdout;
  const file = join(await temporaryFolder(), "completion.bash");
  // What bash would do when somebody presses the key, with the words as it splits them.
  const press = async (...words: string[]): Promise<string[]> => {
    const typed = ["misskeep", ...words].map((word) => `'${word}'`).join(" ");
    const call = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _misskeep; printf '%s\\n' "\${COMPREPLY[@]}"`;
    await writeFile(file, `${script}\n${call}\n`);
    const { stdout } = await promisify(execFile)("bash", [file], { env: { ...process.env, ...env } });
    return stdout.split("\n").filter((line) => line !== "");
  };
  await writeFile(file, script);
  await promisify(execFile)("bash", ["-n", file]);
  expect(await readFile(file, "utf8")).toContain("complete -o default -F _misskeep misskeep");
  expect(await press("de")).toEqual(["dead"]);
  expect(await press("dead", "re")).toEqual(["replay", "recover", "resolve", "reopen", "rebuild-index"]);
  expect(await press("dead", "replay", "--max")).toEqual(["--max-failed"]);
  expect(await press("dead", "list", "--sort", "")).toEqual(["newest", "oldest", "attempts"]);
  expect(await press("dead", "replay", "e")).toEqual(["effect"]);
  expect(await press("dead", "replay", "--group", "")).toEqual([await groupOf(env)]);
  expect(ids).toHaveLength(1);
  for (const shell of ["zsh", "fish"])
    expect((await misskeep(env, "completion", shell)).stdout).toContain("complete -- ");
}, 120_000);
