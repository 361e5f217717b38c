import { captures } from "@misskeep/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EraseTarget, matcherOf } from "./matches-target.ts";

/** The captures that hold content of a target. */
function matching(target: EraseTarget): string[] {
  const matches = matcherOf(target);
  return captures()
    .filter(({ rawBody, headers }) => {
      const host = headers.find(([name]) => name === "x-misskey-host")?.[1];
      return matches({ json: JSON.parse(rawBody.toString("utf8")), raw: rawBody, host });
    })
    .map(({ name }) => name);
}

function holds(target: EraseTarget, body: unknown, host = "misskey.test"): boolean {
  return matcherOf(target)({ json: body, raw: Buffer.from(JSON.stringify(body)), host });
}

const server = "https://misskey.test";

describe("a person's content", () => {
  test("is found in real deliveries, wherever they stand in them", () => {
    expect(matching({ person: "@carol@misskey.test" })).toEqual([
      "abuseReport-local",
      "abuseReportResolved-accept",
      // It mentions them in its text.
      "mention-secret-with-spaces",
      "renote-of-quote",
      "renote-quote",
      "reply-cw-poll",
      "reply-followers-only",
    ]);
    expect(matching({ person: "gargron_TEST@mastodon.test" })).toEqual([
      "followed-remote",
      "mention-remote-mastodon",
      "note-renote-of-remote",
      "renote-remote-announce",
    ]);
    expect(matching({ person: "@remote_neko@こんにちは.test" })).toEqual(["reply-remote-misskey-emoji"]);
    expect(matching({ person: "@newcomer" })).toEqual(["userCreated-signup"]);
    expect(matching({ person: "@nobody@misskey.test" })).toEqual([]);
  });

  test("of one server is not that of another's user of the same name", () => {
    expect(matching({ person: "@bob@old.misskey.test:3177" })).toEqual(["followed-13.10.3", "reply-13.10.3"]);
    expect(matching({ person: "@Gargron_test@misskey.test" })).toEqual([]);
    const bobs = matching({ person: "@bob" });
    expect(bobs).toEqual(expect.arrayContaining(["followed-13.10.3", "followed-basic"]));
    expect(bobs).not.toContain("unfollow-basic");
  });

  test("is found where the reporter is they, or a moderator", () => {
    expect(matching({ person: "@bob" })).toContain("abuseReport-local");
    expect(matching({ person: "@admin" })).toEqual(["abuseReportResolved-accept"]);
  });

  const text = (said: string): unknown => ({ server, type: "note", body: { note: { id: "n", text: said } } });
  test.each([
    ["hello @alice@far.test!", true],
    ["@Alice@FAR.test", true],
    ["(@alice@far.test)", true],
    ["see https://far.test/@alice for more", true],
    ["@alice@far.test.", true],
    ["@alice", false],
    ["@alice@far.test.example", false],
    ["@alice@far.testing", false],
    ["x@alice@far.test", false],
    ["@alice_2@far.test", false],
    ["@malice@far.test", false],
    ["https://far.test/@alice2", false],
    ["no handle", false],
  ])("said in a text: %s: %s", (said, expected) => {
    expect(holds({ person: "@alice@far.test" }, text(said))).toBe(expected);
  });

  test.each([
    ["hi @alice", true],
    ["hi @alice@misskey.test", true],
    ["hi @alice@far.test", false],
    ["https://other.test/@alice", false],
  ])("of a user of the sending server itself, said in a text: %s: %s", (said, expected) => {
    expect(holds({ person: "@alice@misskey.test" }, text(said))).toBe(expected);
  });

  test("is found in texts that write the host in its own letters", () => {
    expect(holds({ person: "@ai@xn--28j2a3ar1p.test" }, text("@ai@こんにちは.test"))).toBe(true);
  });

  test("is looked for in bodies that are no JSON, too", () => {
    const matches = matcherOf({ person: "@alice@far.test" });
    const broken = (body: string): boolean => matches({ json: undefined, raw: Buffer.from(body) });
    expect(broken('{"username":"Alice","host":"far.test"')).toBe(true);
    expect(broken('{"username":"alice","host":"near.test"')).toBe(false);
  });
});

describe("a note's content", () => {
  test("is found in real deliveries: the note, what answers it, quotes it and quotes that", () => {
    expect(matching({ note: "atxm983haohs002z" })).toEqual([
      "mention-by-reply",
      "note-reply",
      "reply-simple",
    ]);
    const { body } = JSON.parse(
      String(captures().find(({ name }) => name === "renote-of-quote")?.rawBody),
    ) as { body: { note: { renote: { renote: { id: string } } } } };
    expect(matching({ note: body.note.renote.renote.id })).toContain("renote-of-quote");
  });

  test("is found where something links to it, and not by a longer id", () => {
    const report = (comment: string): unknown => ({
      server,
      type: "abuseReport",
      body: { id: "r", comment },
    });
    expect(
      holds({ note: "atxm983haohs002z" }, report("Note: https://a.test/notes/atxm983haohs002z\n---")),
    ).toBe(true);
    expect(holds({ note: "atxm983haohs002" }, report("https://a.test/notes/atxm983haohs002z"))).toBe(false);
  });

  test("is not in what only names it, nor is a user or a file it", () => {
    const id = "atxm983haohs002z";
    expect(holds({ note: id }, { body: { note: { id: "n", replyId: id, renoteId: id } } })).toBe(false);
    expect(holds({ note: id }, { body: { user: { id, username: "a" } } })).toBe(false);
  });
});

test.each([
  { person: "" },
  { person: "@" },
  { person: "@a@b@c" },
  { person: "two words" },
  { note: "" },
  { note: "short" },
  { note: "a b c d e f" },
  { note: "x".repeat(65) },
])("%j is no target", (target) => {
  expect(() => matcherOf(target)).toThrow(expect.objectContaining({ code: "INVALID_TARGET" }));
});

test("whatever it is given, it answers", () => {
  let deep: unknown = { username: "alice", host: "far.test" };
  for (let i = 0; i < 100_000; i += 1) deep = i % 2 === 0 ? [deep] : { renote: deep };
  const matches = matcherOf({ person: "@alice@far.test" });
  expect(matches({ json: deep, raw: Buffer.of() })).toBe(true);
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(matches({ json, raw: Buffer.of() })).toBe(false);
    }),
  );
});
