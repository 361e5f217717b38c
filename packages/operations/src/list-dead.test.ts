import { QUARANTINE } from "@misskeep/processor";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { deploy, type Deployment, killer } from "../test-support/deployment.ts";
import { type DeadLetterPage, listDead } from "./list-dead.ts";
import { listGroups } from "./list-groups.ts";

const ALL = { filter: {}, sort: "newest", limit: 200 } as const;

/** Seven dead letters, once they are all found by every filter. */
async function sevenDead(): Promise<Deployment> {
  const deployment = await deploy();
  await deployment.start([killer("mail", "mailbox 17 is full"), killer("bridge")]);
  for (const type of ["note", "followed", "mention"] as const) await deployment.receive(exampleBody(type));
  await deployment.receive(Buffer.from("no JSON"));
  await until(async () => {
    const groups = await listGroups(deployment.context);
    return groups.reduce((sum, { count }) => sum + count, 0) === 7;
  });
  return deployment;
}

const ids = ({ letters }: DeadLetterPage): string[] =>
  letters.map(({ processor, id }) => `${processor} ${id}`);

test("merges the dead letters of all processors, newest first, and pages through them", async () => {
  const { context } = await sevenDead();
  const whole = await listDead(context, ALL);
  expect(whole).toMatchObject({ total: 7, matching: 7, next: null });
  expect(whole.processors).toEqual(
    expect.arrayContaining([
      { processor: "mail", dead: 3 },
      { processor: "bridge", dead: 3 },
      { processor: QUARANTINE, dead: 1 },
    ]),
  );
  const times = whole.letters.map(({ diedAt }) => diedAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const paged: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page: DeadLetterPage = await listDead(context, { ...ALL, limit: 2, cursor: cursor ?? undefined });
    paged.push(...ids(page));
    cursor = page.next;
  } while (cursor !== null);
  expect(paged).toEqual(ids(whole));
});

test("finds by each condition, and by several together", async () => {
  const { context } = await sevenDead();
  const find = async (filter: Parameters<typeof listDead>[1]["filter"]) =>
    listDead(context, { ...ALL, filter });
  const [first] = (await find({ processor: "mail" })).letters;
  expect(first).toMatchObject({ group: expect.stringMatching(/^[0-9a-f]{12}$/), edits: 0 });
  const cases: [number, Parameters<typeof listDead>[1]["filter"]][] = [
    [3, { processor: "mail" }],
    [3, { group: first?.group }],
    [2, { type: "followed" }],
    [1, { processor: "mail", type: "followed" }],
    [0, { type: "renote" }],
    [7, { hook: "default" }],
    [6, { error: "PermanentError" }],
    [1, { error: "Quarantined" }],
    [7, { minAttempts: 1, maxAttempts: 1 }],
    [0, { minAttempts: 2 }],
    [7, { diedAfter: 1, diedBefore: Date.now() + 60_000 }],
    [0, { diedBefore: 1 }],
    [3, { text: "MAILBOX 17" }],
    [1, { text: "no json", processor: QUARANTINE }],
    [0, { person: "@nobody@nowhere.example" }],
  ];
  for (const [count, filter] of cases)
    expect((await find(filter)).letters, JSON.stringify(filter)).toHaveLength(count);
  const people = (await find({ person: "@Carol@Remote.example" })).letters;
  expect(people.length).toBeGreaterThan(0);
  for (const { event } of people) expect(event.sentence).toContain("carol");
});

test("gives nothing where nothing is dead, and names the processors to one who mistypes", async () => {
  const { context } = await deploy();
  expect(await listDead(context, ALL)).toEqual({
    total: 0,
    matching: 0,
    processors: [],
    letters: [],
    scanned: 0,
    next: null,
  });
  await expect(listDead(context, { ...ALL, filter: { processor: "mial" } })).rejects.toMatchObject({
    code: "PROCESSOR_NOT_FOUND",
    message: expect.stringContaining(QUARANTINE),
  });
});

test.each([
  { group: "nonsense" },
  { group: "ABCDEF012345" },
  { person: "two words" },
  { text: "  " },
  { type: "x".repeat(2_000) },
  { minAttempts: -1 },
  { maxAttempts: Number.NaN },
  { minAttempts: 3, maxAttempts: 2 },
  { diedAfter: 1.5 },
  { diedAfter: 2, diedBefore: 1 },
])("refuses the filter %j", async (filter) => {
  const { context } = await deploy();
  await expect(listDead(context, { ...ALL, filter })).rejects.toMatchObject({ code: "INVALID_FILTER" });
});

test("refuses a cursor that no page gave", async () => {
  const { context } = await deploy();
  await expect(listDead(context, { ...ALL, cursor: "nonsense" })).rejects.toMatchObject({
    code: "INVALID_CURSOR",
  });
});
