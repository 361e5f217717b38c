import { describe, expect, it } from "vitest";
import { covers, type Subscription } from "./subscription.ts";

describe("covers", () => {
  it.each<[Subscription, string, string, boolean]>([
    [{ on: ["*"] }, "note", "default", true],
    [{ on: ["*"] }, "note@someone", "default", true],
    [{ on: ["note", "reply"] }, "reply", "default", true],
    [{ on: ["note"] }, "reply", "default", false],
    [{ on: ["note"] }, "Note", "default", false],
    [{ on: ["note"], hooks: ["mods"] }, "note", "mods", true],
    [{ on: ["note"], hooks: ["mods"] }, "note", "default", false],
    [{ on: ["*"], hooks: ["mods", "bots"] }, "anything", "bots", true],
    [{ on: ["*"], hooks: ["mods"] }, "anything", "default", false],
  ])("%j with %s of %s: %s", (subscription, type, hook, expected) => {
    expect(covers(subscription, { type, hook })).toBe(expected);
  });
});
