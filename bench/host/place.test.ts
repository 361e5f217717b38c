import { expect, test } from "vitest";
import { coresFor, type Role } from "./place.ts";

const all = (cores: number) =>
  Object.fromEntries(
    (["server", "redis", "load", "worker"] as Role[]).map((role) => [role, coresFor(role, cores)]),
  );

test("one core is left to all", () => {
  expect(all(1)).toEqual({});
});

test("of two, the server has one for itself, and workers run where there is room", () => {
  expect(all(2)).toEqual({ server: "0", redis: "1", load: "1" });
});

test("from four on everybody has one of their own", () => {
  expect(all(4)).toEqual({ server: "0", redis: "1", load: "2", worker: "3" });
  expect(all(8)).toEqual({ server: "0", redis: "1", load: "2", worker: "3-7" });
});
