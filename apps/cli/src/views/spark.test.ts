import { expect, test } from "vitest";
import { spark } from "./spark.ts";

test("counts over time become bars of the same height for the same count", () => {
  expect(spark([0, 0, 1, 1, 8, 8], 2)).toBe("·▁█");
  expect(spark([0, 0], 1)).toBe("··");
});
