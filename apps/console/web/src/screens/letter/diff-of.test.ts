import { expect, test } from "vitest";
import { diffOf } from "./diff-of.ts";

const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line}`);
const changed = (text: readonly string[], at: number) => text.with(at, "other");
const shown = (before: readonly string[], after: readonly string[]) =>
  diffOf(before.join("\n"), after.join("\n")).map((line) =>
    line.kind === "skipped" ? `… ${line.count}` : `${line.kind[0] ?? ""} ${line.text}`,
  );

test("is empty where nothing changed", () => {
  expect(diffOf("{}", "{}")).toEqual([]);
});

test("shows a change with three lines around it", () => {
  const text = lines(20);
  expect(shown(text, changed(text, 10))).toEqual([
    "… 7",
    "s line 7",
    "s line 8",
    "s line 9",
    "r line 10",
    "a other",
    "s line 11",
    "s line 12",
    "s line 13",
    "… 6",
  ]);
});

test("leaves out nothing that would be shorter whole", () => {
  const text = lines(9);
  expect(shown(text, changed(text, 4))).toEqual([
    "s line 0",
    "s line 1",
    "s line 2",
    "s line 3",
    "r line 4",
    "a other",
    "s line 5",
    "s line 6",
    "s line 7",
    "s line 8",
  ]);
});

test("gives every line a key of its own", () => {
  const text = lines(40);
  const keys = diffOf(text.join("\n"), changed(changed(text, 5), 30).join("\n")).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
