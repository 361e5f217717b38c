import { expect, test } from "vitest";
import { eventIdOf, idempotencyKeyOf, loadEvent, toJobFacts } from "./event-job.ts";

test("an event is the same in a backfill, but for its idempotency key", () => {
  const entry = { id: "0-5-1", hook: "default", key: "k", receivedAt: 7, meta: { secretNumber: 1 } };
  const data = { ...toJobFacts({ ...entry, body: Buffer.from("{}") }), body: "{}" };
  expect(loadEvent({ id: "0-5-1~r7", data }).facts).toEqual(loadEvent({ id: "0-5-1", data }).facts);
  expect(eventIdOf("0-5-1~r7")).toBe("0-5-1");
  expect(idempotencyKeyOf("0-5-1~r7", "p")).not.toBe(idempotencyKeyOf("0-5-1", "p"));
});
