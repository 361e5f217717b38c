import { expect, test } from "vitest";
import { pathOf } from "./target-path.ts";

test.each([
  ["pause-run", "discord/r1", "/runs/r1"],
  ["start-run", "discord", "/runs?processor=discord"],
  ["pause-processor", "discord", "/processors#discord"],
  ["edit", "discord/0-1-0~r1", "/dead/letters/discord/0-1-0~r1"],
  ["replay", "discord/0-1-0~r1", "/events/0-1-0"],
  ["replay", "discord", null],
  ["erase", "person:0123456789ab", null],
] as const)("%s of %s leads to %s", (what, target, path) => {
  expect(pathOf({ what, target })).toBe(path);
});
