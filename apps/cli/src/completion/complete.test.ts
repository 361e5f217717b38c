import { expect, test } from "vitest";
import type { Deps } from "../deps.ts";
import { createProgram } from "../program.ts";
import { complete, type Names } from "./complete.ts";

const program = createProgram(
  "0.0.0",
  {} as Deps,
  () => {},
  () => {},
);

async function words(...typed: string[]): Promise<{ found: string[]; asked: Names[] }> {
  const asked: Names[] = [];
  const found = await complete(program, typed, (what) => {
    asked.push(what);
    return Promise.resolve([{ word: `a-${what}`, about: "" }]);
  });
  return { found: found.map(({ word }) => word), asked };
}

test.each([
  [["aud"], ["audit"]],
  [
    ["runs", ""],
    ["list", "show", "pause", "resume", "cancel", "help"],
  ],
  [["events", "list", "--ty"], ["--type"]],
  [["events", "list", "--type", "fol"], ["followed"]],
  [
    ["--json", "dead", "groups", "--state", "re"],
    ["reopened", "resolved"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["nonsense", ""], []],
])("what follows %j is %j", async (typed, expected) => {
  const { found, asked } = await words(...typed);
  expect(found.filter((word) => expected.includes(word))).toEqual(expected);
  expect(found.every((word) => word.startsWith(typed.at(-1) ?? ""))).toBe(true);
  expect(asked).toEqual([]);
});

test.each<[string[], Names[]]>([
  [["processors", "pause", ""], ["processor"]],
  [
    ["dead", "show", ""],
    ["processor", "group"],
  ],
  [["dead", "show", "mail", ""], []],
  [["dead", "replay", "--rate", "10", ""], ["processor"]],
  [["dead", "replay", "--group", ""], ["group"]],
  [["runs", "cancel", ""], ["run"]],
  [["runs", "cancel", "abc", ""], []],
  [["dead", "recover", "mail", "--run", ""], ["run"]],
  [["dead", "replay", "--rate", ""], []],
])("after %j it asks for %j", async (typed, expected) => {
  const { asked } = await words(...typed);
  expect(asked).toEqual(expected);
});

test("asks for nothing that cannot be what is typed", async () => {
  expect((await words("dead", "replay", "--")).asked).toEqual([]);
});
