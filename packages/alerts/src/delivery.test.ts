import { expect, test } from "vitest";
import { createDelivery } from "./delivery.ts";

const failed = { ok: false, reason: "HTTP 500", retryAfterMs: undefined } as const;
const sent = { ok: true } as const;

test("no more than 5 a minute", () => {
  let now = 0;
  const delivery = createDelivery(() => now);
  for (let left = 5; left > 0; left--) {
    expect(delivery.room()).toBe(left);
    delivery.done(sent);
    now += 1_000;
  }
  expect(delivery.room()).toBe(0);
  now = 60_000;
  expect(delivery.room()).toBe(1);
});

test("waits longer after each failure, up to 5 minutes, and as at first after a success", () => {
  let now = 0;
  const delivery = createDelivery(() => now);
  const waits = [0, 1, 2, 3, 4, 5, 6].map(() => delivery.done(failed) / 1_000);
  expect(waits).toEqual([15, 30, 60, 120, 240, 300, 300]);
  expect(delivery.room()).toBe(0);
  now = 300_000;
  expect(delivery.room()).toBe(5);
  expect(delivery.failingSince()).toBe(0);
  delivery.done(sent);
  expect(delivery.failingSince()).toBeUndefined();
  expect(delivery.done(failed)).toBe(15_000);
});

test("comes back when it is told to, if that is later", () => {
  const delivery = createDelivery(() => 0);
  expect(delivery.done({ ...failed, retryAfterMs: 90_000 })).toBe(90_000);
  expect(delivery.done({ ...failed, retryAfterMs: 1_000 })).toBe(30_000);
});
