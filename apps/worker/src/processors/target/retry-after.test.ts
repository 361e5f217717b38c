import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRetryAfter, secondsToMs } from "./retry-after.ts";

const now = Date.UTC(2026, 10, 24, 12);

describe("parseRetryAfter", () => {
  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["1.5", 1_500],
    ["Tue, 24 Nov 2026 12:01:30 GMT", 90_000],
    ["Tue, 24 Nov 2026 11:00:00 GMT", 0],
    ["9".repeat(400), 365 * 86_400_000],
  ])("reads %j", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });

  it.each([null, "", "-5", "soon", "1e9", "0x10", "5 minutes", "Infinity"])(
    "finds nothing in %j",
    (header) => {
      expect(parseRetryAfter(header, now)).toBeUndefined();
    },
  );

  it("gives a finite time or nothing for any text", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wait = parseRetryAfter(header, now);
        return wait === undefined || (Number.isFinite(wait) && wait >= 0);
      }),
    );
  });
});

describe("secondsToMs", () => {
  it("rounds up, so as not to come too early", () => {
    expect(secondsToMs(0.0304)).toBe(31);
  });

  it.each([undefined, null, "5", -1, Number.NaN])("finds nothing in %j", (value) => {
    expect(secondsToMs(value)).toBeUndefined();
  });
});
