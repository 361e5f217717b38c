import { keys } from "@misskeep/redis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import { aBody, openWorld, type World } from "../../test-support/world.ts";
import type { DeadFilter, DeadSort } from "../dead-filter.ts";
import { fingerprint } from "./fingerprint.ts";
import type { DeadQuery, FoundLetter } from "./dead-query.ts";
import { findDeadIds } from "./find-dead-ids.ts";
import { reconcileDeadIndex } from "./reconcile.ts";

const NEWEST = { filter: {}, sort: "newest", limit: 10 } as const;

/** All pages after one another. */
async function findAll(
  { redis }: Pick<World, "redis">,
  processors: string | readonly string[],
  query: DeadQuery,
  sizes: { readonly small?: number; readonly chunk?: number } = {},
): Promise<readonly FoundLetter[]> {
  const all: FoundLetter[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 10_000; pages += 1) {
    const page = await findDeadIds(redis, processors, { ...query, cursor }, sizes);
    expect(page.letters.length).toBeLessThanOrEqual(query.limit);
    all.push(...page.letters);
    if (page.next === null) return all;
    cursor = page.next;
  }
  throw new Error("the pages never end");
}

interface Placed {
  readonly processor: string;
  readonly id: string;
  readonly diedAt: number;
  readonly attempts: number;
  readonly type: string;
  readonly hook: string;
  readonly error: { readonly name: string; readonly message: string };
  readonly person: string;
}

const PROCESSORS = ["p", "q", "r"] as const;
const PEOPLE = ["alice", "bob", "carol"] as const;

/** Small enough to be checked by hand, with many that died in the same ms. */
function placedLetters(count: number): readonly Placed[] {
  return Array.from({ length: count }, (_, i) => ({
    processor: PROCESSORS[(i * 7) % 11 === 0 ? 2 : i % 2] ?? "p",
    id: `0-${1_000 + ((i * 37) % count)}-${i}`,
    diedAt: 1_000_000 + Math.floor(((i * 13) % count) / 5),
    attempts: ((i * 5) % 4) + 1,
    type: ["note", "mention", "followed"][i % 3] ?? "note",
    hook: ["default", "other"][(i >> 1) % 2] ?? "default",
    error: { name: `E${i % 2}`, message: i % 4 === 0 ? `the "Box" ${i} is full` : `no answer in ${i} ms` },
    person: PEOPLE[(i >> 2) % 3] ?? "alice",
  }));
}

/** What `findDeadIds` has to give, without any index. */
function expected(letters: readonly Placed[], filter: DeadFilter, sort: DeadSort): readonly FoundLetter[] {
  const sign = sort === "oldest" ? 1 : -1;
  return letters
    .filter(
      (each) =>
        (filter.type === undefined || filter.type === each.type) &&
        (filter.hook === undefined || filter.hook === each.hook) &&
        (filter.error === undefined || filter.error === each.error.name) &&
        (filter.person === undefined || filter.person.includes(each.person)) &&
        (filter.group === undefined || filter.group === fingerprint(each.processor, each.error).group) &&
        (filter.minAttempts === undefined || each.attempts >= filter.minAttempts) &&
        (filter.maxAttempts === undefined || each.attempts <= filter.maxAttempts) &&
        (filter.diedAfter === undefined || each.diedAt >= filter.diedAfter) &&
        (filter.diedBefore === undefined || each.diedAt <= filter.diedBefore) &&
        (filter.text === undefined || each.error.message.toLowerCase().includes(filter.text.toLowerCase())),
    )
    .toSorted((a, b) => {
      const score = ({ attempts, diedAt }: Placed): number =>
        sort === "attempts" ? attempts * 2 ** 42 + diedAt : diedAt;
      if (score(a) !== score(b)) return sign * (score(a) - score(b));
      if (a.processor !== b.processor) return a.processor < b.processor ? -1 : 1;
      return a.id < b.id ? -sign : sign;
    })
    .map(({ processor, id, diedAt }) => ({ processor, id, diedAt }));
}

async function place(world: World, letters: readonly Placed[]): Promise<void> {
  await Promise.all(
    letters.map(({ person, type, ...letter }) => {
      const user = { id: "u", username: person, host: "h.example" };
      return placeDead(world, { ...letter, body: { type, body: { user } } });
    }),
  );
  for (const processor of PROCESSORS) await reconcileDeadIndex(world.redis, processor);
}

test("every filter in every order, in pages of any size, finds what there is", async () => {
  const letters = placedLetters(300);
  const world = await openWorld();
  await place(world, letters);

  const conditions = {
    type: fc.constantFrom("note", "mention", "gone"),
    hook: fc.constantFrom("default", "other"),
    error: fc.constantFrom("E0", "E1"),
    person: fc.constantFrom("@Alice@H.example", "bob@h.example", "@nobody@h.example"),
    group: fc.constantFrom(
      ...letters.slice(0, 6).map((each) => fingerprint(each.processor, each.error).group),
    ),
    minAttempts: fc.integer({ min: 0, max: 4 }),
    maxAttempts: fc.integer({ min: 1, max: 5 }),
    diedAfter: fc.integer({ min: 999_990, max: 1_000_060 }),
    diedBefore: fc.integer({ min: 999_990, max: 1_000_060 }),
    text: fc.constantFrom("FULL", 'the "box"', "no answer in 1", "nowhere"),
  };
  // With many conditions nothing would be found most of the time.
  const filters = fc
    .subarray(Object.keys(conditions) as (keyof typeof conditions)[], { maxLength: 2 })
    .chain((some) =>
      fc.record(Object.fromEntries(some.map((name) => [name, conditions[name]]))),
    ) as fc.Arbitrary<DeadFilter>;
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.constantFrom("newest", "oldest", "attempts"),
      fc.integer({ min: 1, max: 120 }),
      fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      fc.constantFrom("p", "q", PROCESSORS),
      fc.constantFrom(0, 40, 2_000),
      fc.constantFrom(1, 3, 20, 500),
      async (filter, sort, limit, scan, processors, small, size) => {
        const own = letters.filter(({ processor }) => processors.includes(processor as "p"));
        const lowered = { ...filter, person: filter.person?.toLowerCase() };
        const all = expected(own, lowered, sort);
        const query = { filter, sort, limit, scan };
        const sizes = { small, chunk: size };
        expect(await findAll(world, processors, query, sizes)).toEqual(all);
        const { matching } = await findDeadIds(world.redis, processors, query, sizes);
        if (matching !== null) expect(matching).toBe(all.length);
        if (filter.text === undefined && small === 2_000) expect(matching).not.toBeNull();
      },
    ),
    { numRuns: 200 },
  );
});

test("more letters than are sorted in memory are walked, several conditions checked on the way", async () => {
  const world = await openWorld();
  const letters = placedLetters(1_200).map((each) => ({ ...each, processor: "p" }));
  await place(world, letters);
  const sizes = { small: 100 };
  for (const sort of ["newest", "oldest", "attempts"] as const) {
    for (const filter of [
      {},
      { hook: "default" },
      { hook: "default", error: "E0" },
      { minAttempts: 2, hook: "other" },
    ]) {
      const query = { filter, sort, limit: 300 };
      expect(await findAll(world, "p", query, sizes), JSON.stringify(query)).toEqual(
        expected(letters, filter, sort),
      );
    }
  }
  const both = { filter: { hook: "default", error: "E0" }, sort: "newest", limit: 100 } as const;
  expect((await findDeadIds(world.redis, "p", { ...both, limit: 1_000, scan: 500 }, sizes)).scanned).toBe(
    500,
  );
  expect((await findDeadIds(world.redis, "p", both, sizes)).matching).toBeNull();
  expect((await findDeadIds(world.redis, "p", { ...both, filter: { hook: "default" } })).matching).toBe(600);
});

describe("what is used up before anything is found", () => {
  test("goes on from the processor that was looked at least", async () => {
    const world = await openWorld();
    const rare = { name: "Rare", message: "" };
    const wanted = await placeDead(world, { diedAt: 1_080, hook: "rare", error: rare });
    // In q ten letters of each kind go back as far as in p fifty do.
    for (const [processor, step] of [
      ["p", 1],
      ["q", 5],
    ] as const)
      for (let i = 0; i < 100; i += step)
        await placeDead(world, {
          processor,
          diedAt: 1_000 + i,
          ...(i % 2 ? { hook: "rare" } : { error: rare }),
        });
    for (const processor of ["p", "q"]) await reconcileDeadIndex(world.redis, processor);
    const query = { ...NEWEST, filter: { hook: "rare", error: "Rare" }, scan: 10 };
    const sizes = { small: 0, chunk: 5 };
    const first = await findDeadIds(world.redis, ["p", "q"], query, sizes);
    expect(first).toMatchObject({ letters: [], next: expect.any(String) });
    expect((await findAll(world, ["p", "q"], query, sizes)).map(({ id }) => id)).toEqual([wanted]);
  });

  test("is searched for a text to the end, also where other conditions leave few", async () => {
    const world = await openWorld();
    const wanted = await placeDead(world, {
      diedAt: 1,
      hook: "few",
      error: { name: "E", message: "needle" },
    });
    for (let i = 0; i < 200; i += 1)
      await placeDead(world, { diedAt: 1_000 + i, hook: i % 2 ? "few" : "other" });
    await reconcileDeadIndex(world.redis, "p");
    const query = { ...NEWEST, filter: { hook: "few", text: "needle" } };
    const found = await findDeadIds(world.redis, "p", query);
    expect(found).toMatchObject({ letters: [{ id: wanted }], scanned: 101, next: null });
  });
});

test("a text is searched for page by page, and it shows how far that got", async () => {
  const world = await openWorld();
  const ids: string[] = [];
  for (let i = 0; i < 130; i += 1) {
    const body = { ...aBody(), secret: i === 0 ? 'Line one\n日本語 "Quoted"' : "nothing" };
    ids.push(await placeDead(world, { body: JSON.stringify(body), diedAt: 1_000 + i }));
  }
  const query = { ...NEWEST, filter: { text: "日本語" }, scan: 50 };
  const first = await findDeadIds(world.redis, "p", query);
  expect(first).toMatchObject({ letters: [], scanned: 50, matching: null, next: expect.any(String) });
  const rest = { ...query, scan: 500, cursor: first.next ?? "" };
  expect(await findDeadIds(world.redis, "p", rest)).toMatchObject({ letters: [{ id: ids[0] }], next: null });
  for (const text of ["ONE\n日本", '"quoted"', "error: BROKEN"])
    expect(
      (await findDeadIds(world.redis, "p", { ...NEWEST, filter: { text } })).letters.length,
    ).toBeGreaterThan(0);
});

describe("cursors", () => {
  test("go on where they were although letters leave and come", async () => {
    const world = await openWorld();
    const ids: string[] = [];
    for (let i = 0; i < 60; i += 1)
      ids.unshift(await placeDead(world, { diedAt: 1_000 + Math.floor(i / 4) }));
    const order = (await findAll(world, "p", NEWEST)).map(({ id }) => id);
    expect(order.toSorted()).toEqual(ids.toSorted());
    const first = await findDeadIds(world.redis, "p", NEWEST);
    // The place itself, what was before it, and some of what follows; and new ones die.
    const gone = [...order.slice(3, 10), ...order.slice(12, 14)];
    await world.redis.zrem(keys.queue("p", "failed"), ...gone);
    for (let i = 0; i < 5; i += 1) await placeDead(world, { diedAt: 2_000 });
    const second = await findDeadIds(world.redis, "p", { ...NEWEST, limit: 4, cursor: first.next ?? "" });
    const left = order.slice(10).filter((id) => !gone.includes(id));
    expect(second.letters.map(({ id }) => id)).toEqual(left.slice(0, 4));
  });

  test("of another query, or none at all, are refused", async () => {
    const world = await openWorld();
    for (let i = 0; i < 12; i += 1) await placeDead(world);
    const { next } = await findDeadIds(world.redis, "p", NEWEST);
    const cursor = next ?? "";
    await expect(findDeadIds(world.redis, "p", { ...NEWEST, limit: 3, cursor })).resolves.toBeTruthy();
    const others: [string | string[], DeadQuery][] = [
      ["q", NEWEST],
      [["p"], NEWEST],
      ["p", { ...NEWEST, sort: "oldest" }],
      ["p", { ...NEWEST, filter: { type: "note" } }],
    ];
    for (const [processors, query] of others)
      await expect(findDeadIds(world.redis, processors, { ...query, cursor })).rejects.toMatchObject({
        code: "INVALID_CURSOR",
      });
    for (const nonsense of [
      "",
      "x",
      "bnVsbA",
      `${cursor}AAAA`,
      "é",
      Buffer.from("[1,2,3,4]").toString("base64url"),
    ])
      await expect(findDeadIds(world.redis, "p", { ...NEWEST, cursor: nonsense })).rejects.toMatchObject({
        code: "INVALID_CURSOR",
      });
  });
});

test("what is no longer dead is passed over although the index still has it", async () => {
  const world = await openWorld();
  const [gone, kept, again] = [await placeDead(world), await placeDead(world), await placeDead(world)];
  await reconcileDeadIndex(world.redis, "p");
  await world.redis.zrem(keys.queue("p", "failed"), gone);
  // It died again, of something else, and the index does not know yet.
  await world.redis.zadd(keys.queue("p", "failed"), Date.now() + 5_000, again);
  for (const filter of [{ hook: "default" }, { hook: "default", error: "Error" }, { minAttempts: 1 }]) {
    const { letters, matching } = await findDeadIds(world.redis, "p", { ...NEWEST, filter });
    expect(letters.map(({ id }) => id)).toEqual([kept]);
    expect(matching).toBe(1);
  }
  expect((await findDeadIds(world.redis, "p", NEWEST)).letters.map(({ id }) => id)).toEqual([again, kept]);
});
