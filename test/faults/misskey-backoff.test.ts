import { expect, test } from "vitest";
import { backoffMs, judgeAnswer, SENDS } from "./misskey-backoff.ts";

const least = { int: () => 0 };
const most = { int: (_: number, max: number) => max };

test("the waits are those that were measured: 60–72 s, 180–216 s, 420–504 s", () => {
  expect([1, 2, 3].map((n) => backoffMs(n, least))).toEqual([60_000, 180_000, 420_000]);
  expect([1, 2, 3].map((n) => backoffMs(n, most))).toEqual([72_000, 216_000, 504_000]);
  expect(SENDS).toBe(4);
});

test("only 2xx is done; every 4xx but 429 and every redirect is the end", () => {
  expect([200, 202, 204].map(judgeAnswer)).toEqual(["done", "done", "done"]);
  expect([400, 401, 404, 408, 413, 301, 302, 303, 307, 308].every((s) => judgeAnswer(s) === "gives-up")).toBe(
    true,
  );
  expect([429, 500, 503, 300, 304, undefined].every((s) => judgeAnswer(s) === "resends")).toBe(true);
});
