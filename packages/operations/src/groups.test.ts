import { keys } from "@misskeep/redis";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { deploy, type Deployment, killer } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { listDead } from "./list-dead.ts";
import { listGroups } from "./list-groups.ts";
import { muteGroup } from "./mute-group.ts";
import { rebuildDeadIndex } from "./rebuild-dead-index.ts";
import { reopenGroup, resolveGroup } from "./resolve-group.ts";
import { showGroup } from "./show-group.ts";

const ACTOR = { by: "mio", why: "the mailbox was emptied" };
const ALL = { filter: {}, sort: "newest", limit: 200 } as const;

async function receiveNote(deployment: Deployment, groups: number, letters: number): Promise<void> {
  await deployment.receive(exampleBody("note"));
  await until(async () => {
    const found = await listGroups(deployment.context, { examples: false });
    return found.length === groups && found.reduce((sum, { count }) => sum + count, 0) === letters;
  });
}

async function withGroups(): Promise<Deployment> {
  const deployment = await deploy();
  await deployment.start([killer("mail", "mailbox 17 is full"), killer("bridge", "no answer")]);
  await receiveNote(deployment, 2, 2);
  await receiveNote(deployment, 2, 4);
  return deployment;
}

test("letters that failed alike stand together, with how many, since when, and the newest of them", async () => {
  const { context } = await withGroups();
  const groups = await listGroups(context);
  expect(groups.map(({ processor }) => processor).toSorted()).toEqual(["bridge", "mail"]);
  const mail = groups.find(({ processor }) => processor === "mail");
  const { letters } = await listDead(context, { ...ALL, filter: { processor: "mail" } });
  expect(mail).toEqual({
    group: letters[0]?.group,
    processor: "mail",
    message: "mailbox <n> is full",
    error: { name: "PermanentError", code: "PERMANENT" },
    count: 2,
    firstDiedAt: letters[1]?.diedAt,
    lastDiedAt: letters[0]?.diedAt,
    perHour: expect.any(Array),
    example: { id: letters[0]?.id, message: "mailbox 17 is full", event: letters[0]?.event },
    state: "open",
    resolved: null,
    mutedUntil: null,
  });
  expect(mail?.perHour).toHaveLength(24);
  expect(mail?.perHour.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(mail?.perHour.slice(0, 22)).toEqual(Array.from({ length: 22 }, () => 0));
  expect(await showGroup(context, mail?.group ?? "")).toEqual(mail);
  expect(await listGroups(context, { processor: "mail", examples: false })).toEqual([
    { ...mail, example: null },
  ]);
  await expect(showGroup(context, "000000000000")).rejects.toMatchObject({ code: "GROUP_NOT_FOUND" });
  await expect(listGroups(context, { processor: "mial" })).rejects.toMatchObject({
    code: "PROCESSOR_NOT_FOUND",
  });
});

test("a resolved group goes to the end, and to the front when something dies in it again", async () => {
  const deployment = await withGroups();
  const { context } = deployment;
  const [last] = await listGroups(context, { processor: "bridge" });
  const group = last?.group ?? "";
  expect(await resolveGroup(context, group, ACTOR)).toMatchObject({
    state: "resolved",
    resolved: { ...ACTOR, at: expect.any(Number) },
  });
  expect((await listGroups(context)).map(({ state }) => state)).toEqual(["open", "resolved"]);
  expect((await listGroups(context, { state: "resolved" })).map((each) => each.group)).toEqual([group]);

  await receiveNote(deployment, 2, 6);
  const after = await listGroups(context);
  expect(after[0]).toMatchObject({ group, state: "reopened", count: 3, resolved: { by: "mio" } });
  expect(after[1]).toMatchObject({ processor: "mail", state: "open" });

  expect(await reopenGroup(context, group, ACTOR)).toMatchObject({ state: "open", resolved: null });
  const { entries } = await listAudit(context, { limit: 10 });
  expect(entries.map(({ what, target, by, count }) => ({ what, target, by, count }))).toEqual([
    { what: "reopen", target: group, by: "mio", count: 3 },
    { what: "resolve", target: group, by: "mio", count: 2 },
  ]);
});

test("a group is muted until a moment", async () => {
  const { context } = await withGroups();
  const group = (await listGroups(context))[0]?.group ?? "";
  const later = Date.now() + 3_600_000;
  expect(await muteGroup(context, group, later, ACTOR)).toMatchObject({ mutedUntil: later });
  expect(await muteGroup(context, group, null, ACTOR)).toMatchObject({ mutedUntil: null });
  expect(await muteGroup(context, group, 1_000, ACTOR)).toMatchObject({ mutedUntil: null });
});

test("a rebuilt index is the old one, and remembers what people said", async () => {
  const { context } = await withGroups();
  const group = (await listGroups(context))[0]?.group ?? "";
  await resolveGroup(context, group, ACTOR);
  const before = await listGroups(context);
  await context.redis.del(keys.dead("mail", "letters"), keys.dead("mail", "groups"));
  const progress: string[] = [];
  const rebuilt = await rebuildDeadIndex(
    context,
    { onProgress: ({ processor, done, total }) => progress.push(`${processor} ${done}/${total}`) },
    ACTOR,
  );
  expect(rebuilt).toEqual(
    expect.arrayContaining([
      { processor: "mail", letters: 2, groups: 1 },
      { processor: "bridge", letters: 2, groups: 1 },
      { processor: "quarantine", letters: 0, groups: 0 },
    ]),
  );
  expect(progress).toEqual(["bridge 2/2", "mail 2/2"]);
  const unchanging = ({ perHour: _, ...rest }: (typeof before)[number]) => rest;
  expect((await listGroups(context)).map(unchanging)).toEqual(before.map(unchanging));
  expect((await listAudit(context, { limit: 1 })).entries[0]).toMatchObject({ what: "rebuild-index" });
});
