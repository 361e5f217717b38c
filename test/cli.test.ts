import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { obtainRedis } from "@misskeep/private-redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { misskeep, temporaryFolder } from "./support/misskeep.ts";
import { makeWorld, until } from "./support/world.ts";

const EVIL = "\u001B]0;pwned\u0007\u001B[2J\u009B31mMallory";
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/;

test("an example is sent as Misskey would send it, and what becomes of it is shown", async () => {
  const world = await makeWorld();
  const { url } = await world.ingest();
  await world.worker();
  const env = { REDIS_URL: world.redisUrl };
  const sent = await misskeep(env, "send", "mention", "--url", url, "--json");
  const { answers } = sent.json() as { answers: { status: number; body: { id: string } }[] };
  expect(answers).toMatchObject([{ status: 202, body: { status: "accepted" } }]);
  const id = answers[0]!.body.id;

  const event = await until(async () => {
    const shown = (await misskeep(env, "events", "show", id, "--json")).json() as {
      processors: { processor: string; state: string }[];
    };
    return (
      shown.processors.some(({ processor, state }) => processor === "log" && state === "handled") && shown
    );
  });
  expect(event).toMatchObject({
    id,
    type: "mention",
    host: "misskey.example",
    inbox: { state: "dispatched" },
  });
  const list = await misskeep(env, "events", "list", "--type", "mention");
  expect(list.stdout).toContain(id);
  expect(list.stdout).toContain("mentioned you");
  const status = await misskeep(env, "status");
  expect(status.stdout).toMatch(/last event +mention, /);
  expect(status.stdout).toContain("No dead letters.");
  const workers = await misskeep(env, "workers", "list", "--json");
  expect(workers.json()).toMatchObject({ workers: [{ live: true }] });
});

test("a refused example fails with ingest's own code, and status shows it before all else", async () => {
  const world = await makeWorld();
  const { url } = await world.ingest();
  const env = { REDIS_URL: world.redisUrl };
  const refused = await misskeep(env, "send", "note", "--url", url, "--secret", "not-the-secret", "--json");
  expect(refused.code).toBe(1);
  expect(refused.error()).toMatchObject({ code: "WRONG_SECRET" });
  expect(refused.output).not.toContain("not-the-secret");
  const status = await until(async () => {
    const { stdout } = await misskeep(env, "status");
    return stdout.startsWith("!") ? stdout : undefined;
  });
  expect(status).toMatch(
    /^! 1 refused for a wrong secret from misskey\.example since .*will not resend these/,
  );
});

test("dead letters are listed, shown, and all replayed once that is confirmed", async () => {
  const world = await makeWorld();
  const { url } = await world.ingest();
  await world.worker();
  const env = { REDIS_URL: world.redisUrl };
  const body = join(await temporaryFolder(), "body");
  await writeFile(body, `no JSON ${EVIL}`);
  await misskeep(env, "send", "--body", body, "--url", url);
  const letters = await until(async () => {
    const page = (await misskeep(env, "dead", "list", "--json")).json() as {
      total: number;
      letters: { id: string }[];
    };
    return page.total === 1 ? page.letters : undefined;
  });
  const id = letters[0]!.id;
  expect((await misskeep(env, "dead", "list")).stdout).toContain("1 dead letter: quarantine 1");

  const shown = await misskeep(env, "dead", "show", "quarantine", id);
  expect(shown.stdout).toContain("The body is no JSON.");
  expect(shown.stdout).not.toContain("Mallory");
  const raw = await misskeep(env, "dead", "show", "quarantine", id, "--raw");
  expect(raw.stdout).toContain("\\u009b31mMallory");
  expect(raw.stdout).not.toMatch(OBEYED);

  const asked = await misskeep(env, "dead", "replay", "quarantine", "--all", "--json");
  expect(asked.code).toBe(2);
  expect(asked.error()).toMatchObject({
    code: "NEEDS_YES",
    message: expect.stringMatching(/^1 dead letter /),
  });
  const replayed = await misskeep(env, "dead", "replay", "quarantine", "--all", "--yes", "--json");
  // It is no JSON still, so it is dead again.
  expect(replayed.code).toBe(1);
  expect(replayed.json()).toMatchObject({
    processor: "quarantine",
    run: { state: "done", kind: "replay", total: 1, done: 1, items: { dead: 1 } },
  });
  const never = await misskeep(env, "dead", "replay", "quarantine", "0-1-1", "--json");
  expect(never.code).toBe(1);
  expect(never.json()).toMatchObject({ replayed: [], notDead: ["0-1-1"] });
});

test("no name, type or text of a stranger reaches the terminal as anything but text", async () => {
  const world = await makeWorld();
  const { url } = await world.ingest();
  const env = { REDIS_URL: world.redisUrl };
  const body = join(await temporaryFolder(), "body");
  const user = { id: "u1", username: "mallory", name: EVIL };
  await writeFile(
    body,
    JSON.stringify({ type: "note", eventId: EVIL, body: { note: { id: "n1", text: EVIL, user } } }),
  );
  await misskeep(env, "send", "--body", body, "--url", url);
  await writeFile(body, JSON.stringify({ type: EVIL, eventId: "e2", hookId: EVIL, body: {} }));
  await misskeep(env, "send", "--body", body, "--url", url);
  const list = await misskeep(env, "events", "list", "--json");
  const { events } = list.json() as { events: { id: string }[] };
  const outputs = [
    list,
    await misskeep(env, "status"),
    await misskeep(env, "events", "list"),
    ...(await Promise.all(events.map(({ id }) => misskeep(env, "events", "show", id, "--raw")))),
    await misskeep(env, "events", "show", EVIL),
  ];
  for (const { output } of outputs) {
    expect(output).toContain("allory");
    expect(output).not.toMatch(OBEYED);
  }
});

test("a processor is paused, resumed and removed", async () => {
  const world = await makeWorld();
  const worker = await world.worker();
  const env = { REDIS_URL: world.redisUrl };
  expect((await misskeep(env, "processors", "pause", "log", "--why", "moving house")).code).toBe(0);
  expect((await misskeep(env, "processors", "list")).stdout).toContain("moving house");
  expect((await misskeep(env, "processors", "resume", "log")).stdout).toContain("goes on");
  expect((await misskeep(env, "processors", "remove", "log", "--json")).error()).toMatchObject({
    code: "NEEDS_YES",
  });
  const removed = await misskeep(env, "processors", "remove", "log", "--yes");
  expect(removed.stdout).toContain("1 live worker still has it");
  expect((await misskeep(env, "processors", "list")).stdout).not.toMatch(/^log /m);
  expect(
    (await misskeep(env, "processors", "remove", "quarantine", "--yes", "--json")).error(),
  ).toMatchObject({
    code: "PROCESSOR_BUILT_IN",
  });
  await worker.kill();
});

test("the exit code tells failures, misuse and wrong settings apart", async () => {
  const env = { REDIS_URL: await freshRedisUrl() };
  const cases: [number, string, Record<string, string>, string[]][] = [
    [2, "USAGE", env, ["statsu"]],
    [2, "USAGE", env, ["dead", "list", "--limit", "0"]],
    [2, "USAGE", env, ["dead", "replay", "quarantine"]],
    [2, "USAGE", env, ["dead", "replay", "quarantine", "0-1-1", "--dry-run"]],
    [2, "USAGE", env, ["dead", "replay", "quarantine", "0-1-1", "--all"]],
    [2, "USAGE", env, ["dead", "replay", "quarantine", "--all", "--max-failed", "10"]],
    [2, "USAGE", env, ["dead", "replay", "--all"]],
    [2, "USAGE", env, ["dead", "discard", "quarantine", "0-1-1"]],
    [2, "USAGE", env, ["dead", "discard", "quarantine", "0-1-1", "--why", " "]],
    [2, "NEEDS_YES", env, ["dead", "discard", "quarantine", "0-1-1", "--why", "x"]],
    [2, "USAGE", env, ["dead", "recover", "quarantine"]],
    [2, "USAGE", env, ["dead", "show", "quarantine"]],
    [2, "USAGE", env, ["dead", "mute", "0123456789ab"]],
    [2, "USAGE", env, ["events", "backfill", "quarantine"]],
    [2, "USAGE", env, ["events", "erase"]],
    [2, "INVALID_TARGET", env, ["events", "erase", "--note", "§"]],
    [2, "INVALID_RUN", env, ["events", "backfill", "quarantine", "--since", "1h"]],
    [2, "INVALID_FILTER", env, ["dead", "replay", "quarantine", "--group", "zz"]],
    [2, "INVALID_CURSOR", env, ["dead", "list", "--cursor", "zz"]],
    [2, "INVALID_CURSOR", env, ["dead", "discarded", "--cursor", "zz"]],
    [2, "INVALID_CURSOR", env, ["runs", "list", "--cursor", "zz"]],
    [2, "INVALID_CURSOR", env, ["audit", "--cursor", "zz"]],
    [1, "GROUP_NOT_FOUND", env, ["dead", "replay", "--group", "0123456789ab"]],
    [1, "GROUP_NOT_FOUND", env, ["dead", "show", "0123456789ab"]],
    [1, "RUN_NOT_FOUND", env, ["runs", "show", "x"]],
    [1, "RUN_NOT_FOUND", env, ["runs", "cancel", "x", "--yes"]],
    [1, "RUN_NOT_FOUND", env, ["dead", "recover", "quarantine", "--run", "x"]],
    [1, "DEAD_LETTER_NOT_FOUND", env, ["dead", "edit", "quarantine", "0-1-1"]],
    [1, "PROCESSOR_NOT_FOUND", env, ["processors", "show", "nobody"]],
    [1, "EVENT_NOT_FOUND", { ...env, MISSKEY_HOOK_SECRETS: "s" }, ["send", "note", "--resend"]],
    [2, "INVALID_EVENT_ID", env, ["events", "show", "x"]],
    [2, "UNKNOWN_TYPE", env, ["send", "__proto__"]],
    [1, "EVENT_NOT_FOUND", env, ["events", "show", "0-1-1"]],
    [1, "PROCESSOR_NOT_FOUND", env, ["dead", "list", "nobody"]],
    [1, "INGEST_UNREACHABLE", env, ["send", "note", "--url", "http://127.0.0.1:1"]],
    [1, "REDIS_UNREACHABLE", { REDIS_URL: "redis://:hidden-password@127.0.0.1:1" }, ["status"]],
    [1, "REDIS_NOT_FOUND", { MISSKEEP_DATA_DIR: await temporaryFolder() }, ["status"]],
    [78, "SETTINGS_INVALID", { REDIS_URL: "http://:hidden-password@example.com" }, ["status"]],
  ];
  for (const [code, name, settings, args] of cases) {
    const result = await misskeep(settings, ...args, "--json");
    expect(result.code, args.join(" ")).toBe(code);
    expect(result.error(), args.join(" ")).toEqual({ code: name, message: expect.any(String) });
    expect(result.stdout).toBe("");
    expect(result.output).not.toContain("hidden-password");
  }
}, 300_000);

test("doctor fails below the promised durability, and says what to do", async () => {
  const dataDir = await temporaryFolder();
  const redis = await obtainRedis({ dataDir, env: { PATH: process.env["PATH"] }, announce: () => {} });
  onTestFinished(() => redis.stop());
  // Without REDIS_URL the private Redis of the data dir is found.
  const env = { MISSKEEP_DATA_DIR: dataDir };
  const healthy = await misskeep(env, "doctor", "--json");
  expect(healthy.code).toBe(0);
  expect(healthy.json()).toMatchObject({ healthy: true, durability: "disk" });
  expect((await misskeep(env, "events", "list")).stdout).toContain("misskeep send note");

  await configure(redis.url, "appendfsync", "everysec");
  const ill = await misskeep(env, "doctor");
  expect(ill.code).toBe(1);
  expect(ill.stdout).toContain("`appendfsync always`");
  expect((await misskeep({ ...env, DURABILITY: "second" }, "doctor")).code).toBe(0);

  await redis.stop();
  expect((await misskeep(env, "status", "--json")).error()).toMatchObject({ code: "REDIS_NOT_RUNNING" });
});

async function configure(url: string, name: string, value: string): Promise<void> {
  const { redis } = await makeWorld(url);
  await redis.config("SET", name, value);
}
