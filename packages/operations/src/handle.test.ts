import { expect, test } from "vitest";
import { normalizeHandle, parseHandle } from "./handle.ts";

test.each([
  ["@Alice@Example.TLD", "@alice@example.tld"],
  ["alice@example.tld", "@alice@example.tld"],
  [" @alice ", "@alice"],
  ["alice", "@alice"],
  ["@ai@こんにちは.test", "@ai@xn--28j2a3ar1p.test"],
  ["@ai@xn--28j2a3ar1p.test", "@ai@xn--28j2a3ar1p.test"],
  ["@first.last@host:3000", "@first.last@host:3000"],
])("%s is written %s", (text, normal) => {
  expect(normalizeHandle(text)).toBe(normal);
});

test.each(["", "@", "@@", "@a@", "@a@b@c", "two words", "@alice@exa mple", "https://host/@alice", "a\u0000"])(
  "%j is no handle",
  (text) => {
    expect(parseHandle(text)).toBeUndefined();
  },
);
