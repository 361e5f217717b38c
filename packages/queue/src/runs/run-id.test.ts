import fc from "fast-check";
import { expect, test } from "vitest";
import { createdAtOf, newRunId } from "./run-id.ts";

const times = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2059) });

test("an id tells when it was made, and later ones sort behind", () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [one, other] = [newRunId(a), newRunId(b)];
      expect(createdAtOf(one)).toBe(a);
      expect(one).toMatch(/^[a-z0-9]{12}$/);
      if (a !== b) expect(one < other).toBe(a < b);
    }),
  );
});

test.each(["", "abc", "ABCDEFGHIJKL", "0123456789ab~", "0123:5678901"])("%j is none", (text) => {
  expect(createdAtOf(text)).toBeUndefined();
});
