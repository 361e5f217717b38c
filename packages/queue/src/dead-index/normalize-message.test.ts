import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import { normalizeMessage } from "./normalize-message.ts";

test.each([
  ["connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED <ip>"],
  ["connect ECONNREFUSED ::1:80", "connect ECONNREFUSED <ip>"],
  ["from [2001:db8::17]:443 to fe80::1ff:fe23:4567:890a", "from <ip> to <ip>"],
  ["getaddrinfo ENOTFOUND hooks.example.com", "getaddrinfo ENOTFOUND hooks.example.com"],
  ["The target answered 503 after 1234ms.", "The target answered 503 after <n>ms."],
  ["HTTP 429: retry after 1.5e3 s, -5 left (12/30)", "HTTP 429: retry after <n> s, <n> left (<n>/<n>)"],
  ["note agkzbqwert of @alice@example.tld is gone", "note <id> of <user> is gone"],
  ["mail to bob+x@example.tld bounced", "mail to <user> bounced"],
  [`Unexpected token 'x', "x\\"y" is not valid JSON`, "Unexpected token <text>, <text> is not valid JSON"],
  ["can't do it, don't try", "can't do it, don't try"],
  ["at 2026-11-24T06:52:49.123Z, 06:52:49", "at <time>, <time>"],
  ["POST https://a.example:8/b?c=1#d failed", "POST <url> failed"],
  ["01ARZ3NDEKTSV4RRFFQ69G5FAV 507f1f77bcf86cd799439011", "<id> <id>"],
  ["of aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee and 0xDEADBEEF", "of <id> and <id>"],
  [
    "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc_def-ghi12345678 expired",
    "token <id> expired",
  ],
  ["sha256 of item12 and item1234567", "sha<n> of item<n> and item<n>"],
  ["std::vector in Foo::Bar", "std::vector in Foo::Bar"],
  ["「こんにちは」は  送れません\n(3)", "<text>は 送れません (<n>)"],
  ["", ""],
])("%j becomes %j", (message, normal) => {
  expect(normalizeMessage(message)).toBe(normal);
});

/** Messages that look like errors' as well as nonsense. */
const pieces = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ..."<>\"'`:.@-_/[]()「 \n0af9".split(""),
    "<n>",
    "<id>",
    "<ur",
    "http://",
    "0x",
    "::",
    "e9",
    "error",
  ),
  fc.webUrl(),
  fc.emailAddress(),
  fc.ipV6(),
  fc.uuid(),
);
const messages = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(""));

test("what is normal stays as it is", () => {
  fc.assert(
    fc.property(messages, (message) => {
      const normal = normalizeMessage(message);
      expect(normalizeMessage(normal)).toBe(normal);
      expect(normal.length).toBeLessThanOrEqual(300);
    }),
    { numRuns: 1_000 },
  );
});

test("no message takes long", () => {
  for (const part of [
    "a",
    "1",
    "@",
    "a@",
    "<",
    '"\\',
    "::",
    "a1",
    "-",
    "0a:",
    "http://",
    "'",
    "1-",
    ".",
    "a.",
    "= ",
  ]) {
    const begin = process.cpuUsage().user;
    normalizeMessage(part.repeat(2_000));
    // Nothing but a catastrophe takes seconds of processor time.
    expect((process.cpuUsage().user - begin) / 1e6, part).toBeLessThan(5);
  }
});

/** Misskey's own ids are of these kinds. */
const base36 = "0123456789abcdefghijklmnopqrstuvwxyz";
const idOf = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""))
    // One in some thousand has no digit, or only digits: no pattern tells it from a word or a number.
    .filter((id) => /\d[a-z]|[a-z]\d/i.test(id) && !/^[a-z]+\d{4,}$|^\d+[a-z]{1,3}$/i.test(id));

const values = {
  aid: idOf(base36, 8)
    .map((rest) => `ag${rest}`)
    .filter((id) => /\d/.test(id) && !/^[a-z]+\d{4,}$/.test(id)),
  aidx: idOf(base36, 16),
  objectId: idOf("0123456789abcdef", 24),
  ulid: idOf("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26),
  uuid: fc.uuid(),
  number: fc.integer(),
  decimal: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e9 }).map((n) => n.toFixed(2)),
  date: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  ip: fc.ipV4(),
  url: fc.webUrl({ withQueryParameters: true }).filter((url) => !/[\s"'<>)\]}]/.test(url)),
  handle: fc
    .tuple(fc.stringMatching(/^[a-z0-9_]{1,20}$/), fc.domain())
    .map(([name, host]) => `@${name}@${host}`),
  quoted: fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
} as const;

describe("the same template with other values is the same group", () => {
  test.each(Object.keys(values) as (keyof typeof values)[])("%s", (kind) => {
    const value: fc.Arbitrary<unknown> = values[kind];
    const template = fc.constantFrom(
      (text: unknown) => `could not find ${String(text)}, which was expected`,
      (text: unknown) => `${String(text)} is unknown`,
      (text: unknown) => `no such thing: ${String(text)}`,
      (text: unknown) => `(${String(text)}) failed`,
    );
    fc.assert(
      fc.property(template, value, value, (say, one, other) => {
        const group = (text: unknown) => fingerprint("p", { name: "Error", message: say(text) });
        expect(group(one)).toEqual(group(other));
        expect(group(one).message).toMatch(/<[a-z]+>/);
      }),
      { numRuns: 300 },
    );
  });
});

test("processor, name and code tell groups apart; the stack does not", () => {
  const error = { name: "Error", message: "broken", code: "E1" };
  const { group } = fingerprint("p", error);
  expect(group).toMatch(/^[0-9a-f]{12}$/);
  for (const [processor, other] of [
    ["q", error],
    ["p", { ...error, name: "TypeError" }],
    ["p", { ...error, code: "E2" }],
    ["p", { name: "Error", message: "broken" }],
    ["p", { ...error, message: "mended" }],
  ] as const)
    expect(fingerprint(processor, other).group).not.toBe(group);
  const withStack = { ...error, stack: "at somewhere" };
  expect(fingerprint("p", withStack).group).toBe(group);
});
