import { listRefusals, type Refusal } from "@misskeep/inbox";
import { deliver, until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { keepRefusals } from "./refusals.ts";
import { delivery, startIngest } from "./test-support/start-ingest.ts";

test("counts refusals and keeps time, reason, hook id and host of each", async () => {
  const { url, redis, ingest } = await startIngest();
  const before = Date.now();
  const headers = { "x-misskey-hook-id": "hook1", "x-misskey-host": "example.tld" };
  await deliver(url, delivery("private"), { secret: "wrong secret", headers });
  await deliver(url, delivery("private"), { secret: "" });
  await ingest.stop(100);
  const { last, counts } = await listRefusals(redis);
  expect(counts).toEqual({ "wrong-secret": 1, "no-secret": 1 });
  expect(last).toEqual([
    { at: expect.any(Number), reason: "no-secret" },
    { at: expect.any(Number), reason: "wrong-secret", hookId: "hook1", host: "example.tld" },
  ]);
  for (const { at } of last) expect(at >= before && at <= Date.now()).toBe(true);
});

test("writes them down by itself", async () => {
  const { url, redis } = await startIngest();
  await deliver(url, delivery(), { secret: "wrong" });
  await until(async () => (await listRefusals(redis)).last.length === 1);
});

test("keeps a stranger's text short and plain", async () => {
  const { url, redis, ingest } = await startIngest();
  const headers = {
    "x-misskey-hook-id": "a\u00ad\u0085b".padEnd(5_000, "x"),
    "x-misskey-host": "h".repeat(5_000),
  };
  await deliver(url, delivery(), { secret: "wrong", headers });
  await ingest.stop(100);
  const [refusal] = (await listRefusals(redis)).last;
  expect(refusal?.hookId).toMatch(/^abx{124}$/);
  expect(refusal?.host).toHaveLength(128);
});

test("a flood costs one write and one line, and the last 100 are kept, newest first", async () => {
  const written: (readonly Refusal[])[] = [];
  const lines: object[] = [];
  const book = keepRefusals({
    record: (newest) => Promise.resolve(void written.push(newest)),
    log: { warn: (fields) => void lines.push(fields) },
    everyMs: 60_000,
  });
  for (let at = 1; at <= 5_000; at++) book.add("wrong-secret", at, { hookId: undefined, host: undefined });
  await book.close();
  expect(written).toHaveLength(1);
  expect(written[0]?.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, index) => 5_000 - index));
  expect(lines).toEqual([{ reasons: "5000 wrong-secret", last: { at: 5_000, reason: "wrong-secret" } }]);
});

test("loses none while they cannot be written, and logs each once", async () => {
  const lines: string[] = [];
  let isAway = true;
  const written: [number, number][] = [];
  const book = keepRefusals({
    record: async (newest, counts) => {
      if (isAway) throw new Error("away");
      written.push([newest.length, counts.get("no-secret") ?? 0]);
    },
    log: { warn: (fields) => void lines.push(JSON.stringify(fields)) },
    everyMs: 1,
  });
  for (let at = 1; at <= 150; at++) book.add("no-secret", at, { hookId: undefined, host: undefined });
  await until(() => lines.length === 2);
  book.add("no-secret", 151, { hookId: undefined, host: undefined });
  await until(() => lines.length === 3);
  isAway = false;
  await until(() => written.length > 0);
  await book.close();
  expect(written).toEqual([[100, 151]]);
  expect(lines.map((line) => /"reasons":"[^"]*"/.exec(line)?.[0])).toEqual([
    '"reasons":"150 no-secret"',
    undefined,
    '"reasons":"1 no-secret"',
  ]);
});
