import { captures, until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { deploy, killer } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { exportDead, type ExportedLetter } from "./export-dead.ts";
import { listDead } from "./list-dead.ts";

const me = { by: "mio", why: "for the archive" };

test("every letter comes out with its exact body, the oldest first, and who asked is written down", async () => {
  const { context, receive, start } = await deploy();
  await start([killer("mail"), killer("bridge")]);
  const sent = new Map<string, Buffer>();
  for (const { rawBody } of captures().slice(0, 12)) sent.set(await receive(rawBody), rawBody);
  const broken = Buffer.from([0x7b, 0xff]);
  sent.set(await receive(broken), broken);
  const total = 12 * 2 + 1;
  await until(
    async () => (await listDead(context, { filter: {}, sort: "oldest", limit: 1 })).total === total,
  );

  const letters: ExportedLetter[] = [];
  for await (const letter of exportDead(context, {}, me)) letters.push(letter);
  expect(letters).toHaveLength(total);
  expect(new Set(letters.map(({ processor, id }) => `${processor}/${id}`)).size).toBe(total);
  const deaths = letters.map(({ diedAt }) => diedAt);
  expect(deaths).toEqual(deaths.toSorted((a, b) => a - b));
  for (const { id, raw } of letters) {
    if (raw === null) throw new Error(`${id} has no body`);
    const bytes = "utf8" in raw ? Buffer.from(raw.utf8, "utf8") : Buffer.from(raw.base64, "base64");
    expect(bytes.equals(sent.get(id) ?? Buffer.from("x")), id).toBe(true);
  }
  expect(letters.find(({ processor }) => processor === "quarantine")?.raw).toEqual({
    base64: broken.toString("base64"),
  });
  expect((await listAudit(context, { limit: 1 })).entries).toMatchObject([
    { what: "export", target: "all processors", ...me },
  ]);
});

test("only what the filter means comes out, and nothing that dies meanwhile", async () => {
  const { context, receive, start } = await deploy();
  await start([killer("mail"), killer("bridge")]);
  for (const type of ["followed", "note", "followed"])
    await receive({ type, eventId: String(Math.random()), body: { user: { id: "u", username: "alice" } } });
  await until(async () => (await listDead(context, { filter: {}, sort: "oldest", limit: 1 })).total === 6);
  const letters: ExportedLetter[] = [];
  const filter = { processor: "mail", type: "followed" };
  for await (const letter of exportDead(context, filter, me, { idsPerPage: 1 })) {
    letters.push(letter);
    if (letters.length > 1) continue;
    await receive({ type: "followed", eventId: "late", body: { user: { id: "u", username: "alice" } } });
    await until(async () => (await listDead(context, { filter: {}, sort: "oldest", limit: 1 })).total === 8);
  }
  expect(letters.map(({ processor, event }) => [processor, event.type])).toEqual([
    ["mail", "followed"],
    ["mail", "followed"],
  ]);
});

test("nonsense is refused before anything is written down", async () => {
  const { context } = await deploy();
  const first = (filter: object): Promise<unknown> => exportDead(context, filter, me).next();
  await expect(first({ person: "@@" })).rejects.toMatchObject({ code: "INVALID_FILTER" });
  await expect(first({ processor: "nobody" })).rejects.toMatchObject({ code: "PROCESSOR_NOT_FOUND" });
  expect((await listAudit(context, { limit: 1 })).entries).toEqual([]);
});
