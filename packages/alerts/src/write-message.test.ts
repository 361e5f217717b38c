import { expect, test } from "vitest";
import type { Cause } from "./cause.ts";
import type { Told } from "./decide.ts";
import { toPlain } from "./test-support/to-plain.ts";
import { toBody } from "./text/render.ts";
import { say } from "./text/text.ts";
import { writeMessage } from "./write-message.ts";

const help = { command: "misskeep dead groups", path: "/dead/groups/ab" };
const makeCause = (name: string, level: Cause["level"]): Cause => ({
  id: name,
  level,
  title: say`title of ${name}`,
  what: say`what happened to ${name}`,
  help,
});
const found = (name: string, isReminder = false): Told => ({
  kind: "found",
  cause: makeCause(name, "down"),
  isReminder,
});
const solved: Told = { kind: "solved", id: "x", title: say`title of ${"x"}`, lastedMs: 720_000 };
const write = (causes: readonly Told[], url?: string, before = 0): string =>
  toPlain(writeMessage({ causes, changes: new Map() }, url, before));

test("says what happened and what helps", () => {
  expect(write([found("a")])).toBe("🔴 what happened to a\n`misskeep dead groups`");
  expect(write([found("a")], "https://keep.example")).toBe(
    "🔴 what happened to a\n`misskeep dead groups` · https://keep.example/dead/groups/ab",
  );
  expect(write([found("a", true)])).toBe("🔴 still: what happened to a\n`misskeep dead groups`");
  expect(write([{ kind: "found", cause: makeCause("a", "notice"), isReminder: false }])).toMatch(/^🟠 what/);
});

test("says what is solved, and how long it lasted", () => {
  expect(write([solved])).toBe("🟢 solved: title of x (after 12 min)");
});

test("names the first of many, and counts the others", () => {
  const many = Array.from({ length: 14 }, (_, index) => found(`c${index}`));
  expect(write([...many.slice(0, 1), solved], "https://k.example", 4)).toBe(
    "and 2 more:\n🔴 title of c0\n🟢 solved: title of x\n`misskeep status` · https://k.example/",
  );
  const text = write(many);
  expect(text).toMatch(/^14 things at once:\n/);
  expect(text).toContain("title of c7\n… and 6 others\n");
});

test("a summary of long and hostile titles still fits, with its command", () => {
  const many = Array.from({ length: 400 }, () => found("<@everyone>".repeat(100)));
  const { content, text } = toBody(writeMessage({ causes: many, changes: new Map() }, undefined, 4));
  for (const field of [content, text]) {
    expect(field.length).toBeLessThanOrEqual(2_000);
    expect(field).toContain("… and 392 others");
    expect(field).toContain("misskeep status");
  }
});
