import { expect, test } from "vitest";
import { en } from "./en/index.ts";
import { ja } from "./ja/index.ts";

/** Every text with its key, a plural's forms under one. */
function textsOf(node: object, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string"
      ? [[`${path}${key}`.replace(/_(one|other)$/, ""), value] as [string, string]]
      : textsOf(value as object, `${path}${key}.`),
  );
}

const blanksOf = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? "").toSorted();

// The keys are compared by the compiler; what stands in the texts is not.
test("Japanese texts fill in nothing that the English ones do not", () => {
  const english = textsOf(en);
  const strange = textsOf(ja).filter(([key, text]) => {
    const same = english.filter(([other]) => other === key);
    const known = new Set(same.flatMap(([, each]) => blanksOf(each)));
    return blanksOf(text).some((name) => !known.has(name));
  });
  expect(strange).toEqual([]);
});

test("Japanese texts leave out nothing but a plural's number", () => {
  const plurals = new Set(
    textsOf(en).flatMap(([key], _, all) => (all.filter(([other]) => other === key).length > 1 ? [key] : [])),
  );
  const japanese = new Map(textsOf(ja));
  const lost = textsOf(en).filter(([key, text]) => {
    if (plurals.has(key)) return false;
    const there = new Set(blanksOf(japanese.get(key) ?? ""));
    return blanksOf(text).some((name) => !there.has(name));
  });
  expect(lost).toEqual([]);
});

test("no text is empty", () => {
  expect([...textsOf(en), ...textsOf(ja)].filter(([, text]) => text.trim() === "")).toEqual([]);
});
