import * as fc from "fast-check";
import { idempotencyKey } from "@misskeep/inbox";
import { expect, test } from "vitest";
import { BrokenSpoolFile, decodeSpooled, encodeSpooled, type Spooled } from "./file-format.ts";

const spooled: fc.Arbitrary<Spooled> = fc.record({
  delivery: fc.record({
    hook: fc.string({ minLength: 1, unit: "binary" }),
    receivedAt: fc.nat(Number.MAX_SAFE_INTEGER),
    meta: fc.record({ secretNumber: fc.nat(), host: fc.string({ unit: "binary" }) }),
    body: fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
  }),
  identity: fc.option(
    fc.record({
      server: fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
      // Lone surrogates and all.
      eventId: fc.oneof(fc.anything(), fc.string(), fc.constant("\ud83d"), fc.string({ minLength: 129 })),
    }),
    { nil: undefined },
  ),
});

test("reads what was written, and the event's idempotency key is the same", () => {
  fc.assert(
    fc.property(spooled, (written) => {
      const read = decodeSpooled(encodeSpooled(written));
      expect(read.delivery).toEqual(written.delivery);
      expect(idempotencyKey(read.delivery, read.identity)).toEqual(
        idempotencyKey(written.delivery, written.identity),
      );
    }),
  );
});

test("knows every file as broken that is not as it was written", () => {
  fc.assert(
    fc.property(spooled, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(2), (written, at, by, how) => {
      const bytes = encodeSpooled(written);
      const index = at % bytes.length;
      let broken = Buffer.from(bytes);
      if (how === 0) broken[index] = (broken[index] ?? 0) ^ by;
      else if (how === 1) broken = broken.subarray(0, index);
      else broken = Buffer.concat([broken, Buffer.alloc(by)]);
      expect(() => decodeSpooled(broken)).toThrow(BrokenSpoolFile);
    }),
  );
});

test("quotes nothing of a file that is broken", () => {
  const secret = "for-your-eyes-only";
  for (const file of [secret, `misskeep-spool 1 3 ${secret.length} ${"0".repeat(64)}\n{}}${secret}`])
    expect(() => decodeSpooled(Buffer.from(file))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
});
