import { expect, test } from "vitest";
import { createDeliveries, type Delivery, SECRET } from "./deliveries.ts";

function take(count: number, share: number): Delivery[] {
  const deliveries = createDeliveries(share);
  return Array.from({ length: count }, () => {
    const delivery = deliveries.next();
    if (!delivery.isResend) deliveries.acknowledged(delivery);
    return delivery;
  });
}

test("each is a real body with an event id of its own and the secret of the measurement", () => {
  const taken = take(100, 0);
  expect(new Set(taken.map(({ eventId }) => eventId)).size).toBe(100);
  for (const { eventId, body, headers } of taken) {
    expect((JSON.parse(String(body)) as { eventId: string }).eventId).toBe(eventId);
    expect(headers[headers.findIndex((name) => /-hook-secret$/i.test(name)) + 1]).toBe(SECRET);
    expect(headers.map((name) => name.toLowerCase())).not.toContain("content-length");
  }
});

test("the share of resends is kept, and each was acknowledged with the same bytes before", () => {
  const taken = take(1_000, 0.1);
  const seen = new Map<string, Buffer>();
  let resends = 0;
  for (const { eventId, body, isResend } of taken) {
    if (isResend) {
      resends += 1;
      expect(seen.get(eventId)?.equals(body)).toBe(true);
    }
    seen.set(eventId, body);
  }
  expect(resends).toBe(100);
});

test("nothing is sent again that was not acknowledged", () => {
  const deliveries = createDeliveries(0.5);
  expect(Array.from({ length: 50 }, () => deliveries.next().isResend)).not.toContain(true);
});
