import { expect, test } from "vitest";
import { eventIdOf, itemPath } from "./items.ts";

test("leads to a dead letter's page, and for any other to its event's", () => {
  expect(itemPath("discord", { id: "0-1-0~r1", state: "dead" })).toBe("/dead/letters/discord/0-1-0~r1");
  expect(itemPath("discord", { id: "0-1-0~r1", state: "handled" })).toBe("/events/0-1-0");
});

test("knows the event of a job, with a run and without", () => {
  expect(eventIdOf("0-1795485891939-0~r7")).toBe("0-1795485891939-0");
  expect(eventIdOf("0-1795485891939-0")).toBe("0-1795485891939-0");
});
