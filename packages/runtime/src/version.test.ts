import { expect, it } from "vitest";
import { version } from "./version.ts";

it("is a semantic version", () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
