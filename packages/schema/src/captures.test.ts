import { expect, test } from "vitest";
import { parseEvent } from "./parse-event.ts";
import { captures } from "./testing/captures.ts";

test("all 62 captures are there", () => {
  expect(captures).toHaveLength(62);
});

test.each(captures)("$name parses as what it is, without a mismatch", ({ name, json, header }) => {
  const host = header("x-misskey-host");
  const result = parseEvent(json, {
    id: "0-1795485891939-0",
    hook: "default",
    receivedAt: 1_795_485_891_950,
    ...(host === undefined ? {} : { host }),
  });
  expect(result).toMatchObject({ ok: true, mismatches: [] });
  if (!result.ok) return;
  expect(result.event).toMatchObject({
    id: "0-1795485891939-0",
    type: json["type"],
    body: json["body"],
    hook: { name: "default", id: header("x-misskey-hook-id") },
    eventId: json["eventId"],
    createdAt: json["createdAt"],
    receivedAt: 1_795_485_891_950,
    isTest: name.endsWith("-test-button.json"),
  });
  expect(result.event.hook.ownerId).toBe(json["userId"]);
  expect(result.event.server).toBe(json["server"] ?? `https://${host}`);
});
