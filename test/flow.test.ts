import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Capture, deliver, type DeliveryAnswer, resendGroups } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { captures, handledBy, idOf, makeWorld, SECRET, until, withOwnEventId } from "./support/world.ts";

test("every real delivery is accepted, dispatched and handled", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  await world.worker();
  const ids = new Set<string>();
  for (const capture of captures()) {
    const answer = await deliver(ingest.url, capture, { secret: SECRET });
    expect(answer.status, capture.name).toBe(202);
    ids.add(idOf(answer));
  }
  expect(ids.size).toBe(captures().length);
  for (const id of ids) {
    await handledBy(world, "effect", id);
    await handledBy(world, "log", id);
  }
  expect(world.receiver.requests).toHaveLength(ids.size);
});

test("each group of resends is handled once", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  await world.worker();
  for (const { name, sends } of resendGroups()) {
    const answers = [];
    for (const send of sends) answers.push(await deliver(ingest.url, send, { secret: SECRET }));
    expect(
      answers.map(({ status }) => status),
      name,
    ).toEqual([202, ...sends.slice(1).map(() => 200)]);
    expect(new Set(answers.map(idOf)).size, name).toBe(1);
    await handledBy(world, "effect", idOf(answers[0]!));
  }
  expect(world.receiver.requests).toHaveLength(resendGroups().length);
});

test("64 connections with duplicates, two ingest and three worker replicas: each event is handled exactly once", async () => {
  const world = await makeWorld();
  const doors = await Promise.all([world.ingest(), world.ingest()]);
  await Promise.all([world.worker(), world.worker(), world.worker()]);
  const kinds = captures().filter(({ rawBody }) => rawBody.includes('"eventId"') && rawBody.length < 20_000);
  const deliveries = Array.from({ length: 600 }, (_, index) => {
    const capture = kinds[index % kinds.length]!;
    return { capture, body: withOwnEventId(capture.rawBody) };
  });
  // Every tenth comes three times, at about the same moment, through different doors.
  const sends = deliveries.flatMap((delivery, index) =>
    index % 10 === 0 ? [delivery, delivery, delivery] : [delivery],
  );
  const ids = new Map<string, string>();
  let next = 0;
  const connection = async (): Promise<void> => {
    while (next < sends.length) {
      const index = next++;
      const { capture, body } = sends[index]!;
      const answer = await sendAsMisskey(doors[index % 2]!.url, capture, body);
      const key = body.toString("utf8");
      expect(ids.get(key) ?? idOf(answer)).toBe(idOf(answer));
      ids.set(key, idOf(answer));
    }
  };
  await Promise.all(Array.from({ length: 64 }, connection));
  expect(ids.size).toBe(deliveries.length);
  await until(async () => (await world.ended("effect")).completed === deliveries.length, { timeout: 60_000 });

  const effects = world.receiver.requests.map(({ json }) => json as { id: string; pid: number });
  expect(new Set(effects.map(({ id }) => id))).toEqual(new Set(ids.values()));
  expect(effects).toHaveLength(deliveries.length);
  expect(new Set(effects.map(({ pid }) => pid)).size).toBeGreaterThan(1);
});

/** Sends again after no answer in 5 s or a 503, as Misskey would, only sooner: a machine that tests is busy. */
async function sendAsMisskey(url: string, capture: Capture, body: Buffer): Promise<DeliveryAnswer> {
  return until(
    async () => {
      const answer = await deliver(url, capture, { secret: SECRET, body });
      expect([200, 202, 503]).toContain(answer.status);
      return answer.status === 503 ? undefined : answer;
    },
    { timeout: 60_000 },
  );
}

test("a failing processor's event ends dead, is shown, replayed and handled", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  await world.worker();
  world.receiver.answerWith(() => ({ status: 500 }));
  const id = idOf(await ingest.deliver("mention-by-reply"));
  await until(async () => (await world.stateOf("effect", id)) === "failed");
  expect(world.receiver.requests).toHaveLength(3);
  expect((await world.history("effect", id)).map(({ end }) => end)).toEqual(["retry", "retry", "dead"]);
  // The log processor went its own way.
  await handledBy(world, "log", id);

  expect(JSON.stringify(await world.cli("dead", "list"))).toContain(id);
  const shown = JSON.stringify(await world.cli("dead", "show", "effect", id));
  expect(shown).toContain("the receiver answered 500");

  world.receiver.answerWith(() => ({ status: 200 }));
  await world.cli("dead", "replay", "effect", id);
  await handledBy(world, "effect", id);
  expect(world.receiver.requests.map(({ json }) => (json as { attempt: number }).attempt)).toEqual([
    1, 2, 3, 1,
  ]);
});

test("what is no JSON is kept, ends in quarantine with its bytes, and a replay judges it again", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  await world.worker();
  const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  const answer = await ingest.deliver("note-direct", { body });
  expect(answer.status).toBe(202);
  const id = idOf(answer);
  await until(async () => (await world.stateOf("quarantine", id)) === "failed");
  await world.cli("dead", "replay", "quarantine", id);
  await until(async () => (await world.history("quarantine", id)).length === 2);
  await until(async () => (await world.stateOf("quarantine", id)) === "failed");
  expect(world.receiver.requests).toHaveLength(0);
});

test("a delivery that breaks its hook's pin is kept apart, and dispatched once a person replays it", async () => {
  const world = await makeWorld();
  const file = join(await mkdtemp(join(tmpdir(), "misskeep-hooks-")), "hooks.json");
  const secret = "another-secret-for-the-tests";
  const hooks = [{ name: "home", secrets: [secret], server: "https://elsewhere.example" }];
  await writeFile(file, JSON.stringify({ hooks }));
  const ingest = await world.ingest({ MISSKEEP_HOOKS_FILE: file });
  await world.worker();
  const id = idOf(await ingest.deliver("note-direct", { secret }));
  await until(async () => (await world.stateOf("quarantine", id)) === "failed");
  expect(await world.stateOf("effect", id)).toBeUndefined();
  await world.cli("dead", "replay", "quarantine", id);
  await handledBy(world, "quarantine", id);
  await handledBy(world, "effect", id);
});
