import { expect, test } from "vitest";
import { toTarget } from "./target.ts";

test.each([
  [" @alice@example.tld ", "@alice@example.tld"],
  ["alice@example.tld", "@alice@example.tld"],
  ["@アリス@みすきー.test", "@アリス@みすきー.test"],
])("%s is a person", (text, person) => {
  expect(toTarget("person", text)).toEqual({ person });
});

test.each(["", "@", "alice bob", "@a@b@c", "https://example.tld/@alice"])("%s is nobody", (text) => {
  expect(toTarget("person", text)).toBeNull();
});

test("a note's id has letters and digits only", () => {
  expect(toTarget("note", "9zk3l2m1x0")).toEqual({ note: "9zk3l2m1x0" });
  expect(toTarget("note", "https://example.tld/notes/9zk3l2m1x0")).toBeNull();
});
