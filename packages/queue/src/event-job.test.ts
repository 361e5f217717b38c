import fc from "fast-check";
import { expect, test } from "vitest";
import { eventIdOf, idempotencyKeyOf, loadEvent, toJobData } from "./event-job.ts";

const entryOf = (body: Buffer) => ({
  id: "0-5-1",
  hook: "default",
  key: "k",
  receivedAt: 7,
  meta: { secretNumber: 1 },
  body,
});

test("any bytes come out of a job as they went into it", () => {
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      // BullMQ keeps the data as JSON.
      const data = JSON.parse(JSON.stringify(toJobData(entryOf(body)))) as ReturnType<typeof toJobData>;
      expect(loadEvent({ id: "0-5-1", data }).raw.equals(body)).toBe(true);
    }),
  );
});

test("an event is the same in a backfill, but for its idempotency key", () => {
  const data = toJobData(entryOf(Buffer.from("{}")));
  expect(loadEvent({ id: "0-5-1~r7", data }).facts).toEqual(loadEvent({ id: "0-5-1", data }).facts);
  expect(eventIdOf("0-5-1~r7")).toBe("0-5-1");
  expect(idempotencyKeyOf("0-5-1~r7", "p")).not.toBe(idempotencyKeyOf("0-5-1", "p"));
});
