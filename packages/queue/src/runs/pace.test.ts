import fc from "fast-check";
import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

test("without a rate everything may go at once", () => {
  const pace = createPace(null, () => 0);
  pace.spend(1_000);
  expect(pace.allowed()).toBe(Infinity);
  expect(pace.waitMs()).toBe(0);
});

test("the first job may go at once, and the others evenly after it", () => {
  let now = 5;
  const pace = createPace(4, () => now);
  expect(pace.allowed()).toBe(1);
  pace.spend(1);
  expect(pace.allowed()).toBe(0);
  expect(pace.waitMs()).toBe(250);
  now += 250;
  expect(pace.allowed()).toBe(1);
  now += 250;
  expect(pace.allowed()).toBe(2);
});

test("time that passed unused is made up for by a second's worth at most", () => {
  let now = 0;
  const pace = createPace(10, () => now);
  now = 3_600_000;
  expect(pace.allowed()).toBe(10);
  pace.spend(10);
  expect(pace.allowed()).toBe(0);
});

test("a rate below one a second still lets one go", () => {
  let now = 0;
  const pace = createPace(0.1, () => now);
  pace.spend(pace.allowed());
  now = 9_999;
  expect(pace.allowed()).toBe(0);
  now = 3_600_000;
  expect(pace.allowed()).toBe(1);
});

test("however it is asked, no more than the rate and a second's worth go", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 500, noNaN: true }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 50 }),
      (rate, waits) => {
        let now = 0;
        let spent = 0;
        const pace = createPace(rate, () => now);
        for (const wait of waits) {
          now += wait;
          const jobs = Math.floor(pace.allowed());
          spent += jobs;
          pace.spend(jobs);
        }
        expect(spent).toBeLessThanOrEqual((now / 1_000) * rate + Math.max(rate, 1) + 1);
      },
    ),
  );
});
