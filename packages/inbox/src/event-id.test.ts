import { expect, test } from "vitest";
import { toEventId, toStreamId } from "./event-id.ts";

test("an event id is the shard and the stream id, and leads back to it", () => {
  expect(toEventId("1795485891939-0")).toBe("0-1795485891939-0");
  expect(toStreamId("0-1795485891939-0")).toBe("1795485891939-0");
});

test.each([
  "",
  "0",
  "1795485891939-0",
  "1-1795485891939-0",
  "0-1-2-3",
  "0-x-0",
  "0-+-0",
  "0-1-0\n",
  " 0-1-0",
])("%j is no event id", (text) => {
  expect(toStreamId(text)).toBeUndefined();
});
