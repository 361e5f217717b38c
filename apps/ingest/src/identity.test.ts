import { expect, test } from "vitest";
import { readIdentity, serverOf } from "./identity.ts";

test("reads what a body says of itself, whatever types that has", () => {
  const body = '{"server":"https://a.test","eventId":{"x":1},"hookId":null,"type":7,"more":1}';
  expect(readIdentity(Buffer.from(body))).toEqual({
    server: "https://a.test",
    eventId: { x: 1 },
    hookId: null,
    type: 7,
  });
  expect(readIdentity(Buffer.from("{}"))).toEqual({});
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["null", "null"],
  ["a number", "1"],
  ["wrong UTF-8", Buffer.from('{"eventId":"\xe9"}', "latin1")],
  ["half a character", Buffer.from('{"eventId":"あ"}').subarray(0, 14)],
])("reads nothing from %s", (_what, body) => {
  expect(readIdentity(Buffer.from(body))).toBeUndefined();
});

test("goes by the body's server, else by the header's host", () => {
  expect(serverOf({ server: "https://a.test" }, "b.test")).toBe("https://a.test");
  expect(serverOf({ server: "" }, "b.test")).toBe("https://b.test");
  expect(serverOf({ server: 5 }, "b.test:81")).toBe("https://b.test:81");
  expect(serverOf(undefined, undefined)).toBeUndefined();
});
