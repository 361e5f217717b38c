import { expect, test } from "vitest";
import { existingPart, without } from "./unset.ts";

test("the existing part of a path ends where nothing is", () => {
  const value = { a: { b: null, list: [1] } };
  expect(existingPart(value, ["a", "b"])).toEqual(["a", "b"]);
  expect(existingPart(value, ["a", "b", "c"])).toEqual(["a", "b"]);
  expect(existingPart(value, ["a", "list", 3, "x"])).toEqual(["a", "list"]);
  expect(existingPart(value, ["toString", "x"])).toEqual([]);
  expect(existingPart(7, ["a"])).toEqual([]);
});

test("parts are removed from a copy, and the value stays as it was", () => {
  const value = { a: { b: 1, c: 2 }, d: { e: 3 } };
  const copy = without(value, [["a", "b"]]);
  expect(copy).toEqual({ a: { c: 2 }, d: { e: 3 } });
  expect(value).toEqual({ a: { b: 1, c: 2 }, d: { e: 3 } });
  expect((copy as typeof value).d).toBe(value.d);
});

test("an array closes up after all its elements are removed", () => {
  const value = { list: [0, { x: 1, y: 1 }, 2, 3] };
  expect(
    without(value, [
      ["list", 0],
      ["list", 1, "x"],
      ["list", 2],
    ]),
  ).toEqual({ list: [{ y: 1 }, 3] });
});

test("a path inside another one is gone with it, in either order", () => {
  const value = { a: { b: { c: 1 } }, list: [{ x: 1 }] };
  const outer = ["a", "b"];
  const inner = ["a", "b", "c"];
  const lists = [
    ["list", 0],
    ["list", 0, "x"],
  ];
  expect(without(value, [outer, inner, ...lists])).toEqual({ a: {}, list: [] });
  expect(without(value, [inner, outer, ...lists.toReversed()])).toEqual({ a: {}, list: [] });
});

test("a key named __proto__ is copied as the plain key that it is", () => {
  const value: unknown = JSON.parse('{"__proto__":{"x":1},"a":1}');
  const copy = without(value, [["a"]]);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"x":1}}');
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
