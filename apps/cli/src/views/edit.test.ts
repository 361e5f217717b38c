import { expect, test } from "vitest";
import { changesOf } from "./edit.ts";

test("an edit is told as what differs, and a value of another kind as a whole", () => {
  const before = { same: 1, gone: "x", note: { text: "a", tags: ["p", "q"] }, kind: [] };
  const after = { same: 1, note: { text: "b", tags: ["p", "r", "s"] }, kind: {}, ["__proto__x"]: 1 };
  expect(changesOf(before, after)).toEqual([
    { path: "gone", was: '"x"', is: undefined },
    { path: "note.text", was: '"a"', is: '"b"' },
    { path: "note.tags.1", was: '"q"', is: '"r"' },
    { path: "note.tags.2", was: undefined, is: '"s"' },
    { path: "kind", was: "[]", is: "{}" },
    { path: "__proto__x", was: undefined, is: "1" },
  ]);
});
