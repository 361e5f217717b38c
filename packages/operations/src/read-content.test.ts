import { type EventType, exampleBody, eventTypes, parseEvent } from "@misskeep/schema";
import { capture, captures } from "@misskeep/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventContent, NoteContent } from "./event-content.ts";
import { readContent } from "./read-content.ts";

const facts = { id: "0-1-1", hook: "default", receivedAt: 1 };

function contentOf(json: unknown): EventContent | null {
  const parsed = parseEvent(json, facts);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mismatches));
  return readContent(parsed.event);
}

function captured(name: string): EventContent | null {
  return contentOf(JSON.parse(capture(name).rawBody.toString("utf8")));
}

const noteOf = (note: object): NoteContent | null | undefined =>
  contentOf({
    server: "https://misskey.test",
    type: "note",
    body: { note: { id: "n1", visibility: "public", user: { id: "u", username: "alice" }, ...note } },
  })?.note;

describe("the content of an event", () => {
  test("is a note with its author, what it answers, and when it was written", () => {
    expect(captured("reply-simple")).toMatchObject({
      isPrivate: false,
      people: [],
      reaction: null,
      note: {
        id: "atxm983haohs002z",
        author: { handle: "@bob", isBot: true },
        visibility: "public",
        localOnly: false,
        createdAt: expect.any(Number),
        url: "https://misskey.test/notes/atxm983haohs002z",
        files: [],
        renote: null,
        reply: { author: { handle: "@alice" }, reply: null },
      },
    });
  });

  test("holds what a renote quotes one level deep, and where a remote note can be read", () => {
    const quoted = captured("renote-of-quote")?.note?.renote;
    expect(quoted).toMatchObject({ author: { handle: "@carol" }, renote: null });
    const remote = captured("mention-remote-mastodon")?.note;
    expect(remote?.author.handle).toBe("@Gargron_test@mastodon.test");
    expect(remote?.url).toMatch(/^https:\/\/mastodon\.test\//);
  });

  test("holds content warnings and files; a file counts as sensitive unless it says that it is not", () => {
    expect(captured("note-cw-special-chars")?.note?.cw).toEqual(expect.any(String));
    const { files = [] } = captured("note-files")?.note ?? {};
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file.url).toMatch(/^https?:\/\//);
      expect(file).toMatchObject({ isSensitive: expect.any(Boolean), type: expect.any(String) });
    }
    expect(noteOf({ files: [{ url: "https://a.test/x" }] })?.files).toMatchObject([{ isSensitive: true }]);
  });

  test("names whom it is about: who followed, joined or was reported, never who reported", () => {
    expect(captured("followed-remote")?.people).toMatchObject([{ handle: "@Gargron_test@mastodon.test" }]);
    expect(captured("userCreated-signup")?.people).toMatchObject([{ handle: "@newcomer" }]);
    const report = captured("abuseReport-local");
    expect(report).toMatchObject({ isPrivate: true, note: null, people: [{ handle: "@carol" }] });
    expect(JSON.stringify(report)).not.toContain("bob");
  });

  test("is nothing where there is neither a note nor a person", () => {
    expect(captured("inactiveModeratorsWarning-real")).toBeNull();
    expect(contentOf({ type: "somethingNew", body: 7 })).toBeNull();
  });

  test("is read from a fork's own types, too", () => {
    const note = { id: "n1", visibility: "public", user: { id: "u", username: "alice" }, text: "hi" };
    const body = { note, user: { id: "v", username: "bob" }, reaction: ":heart:" };
    expect(contentOf({ type: "reaction", body })).toMatchObject({
      note: { text: "hi" },
      people: [{ handle: "@bob" }],
      reaction: ":heart:",
    });
  });
});

describe("private", () => {
  test.each([
    ["note-plain-japanese", false],
    ["reply-simple", false],
    ["note-direct", true],
    ["mention-direct", true],
    ["note-followers-only", true],
    ["reply-followers-only", true],
    ["note-local-only-like-only", true],
    ["renote-files-local-only", true],
    ["abuseReport-local", true],
    ["abuseReportResolved-accept", true],
    ["followed-basic", false],
  ])("%s: %s", (name, expected) => {
    expect(captured(name)?.isPrivate).toBe(expected);
  });

  test("is also a public note that answers or quotes one that is not", () => {
    const hidden = { id: "n2", visibility: "followers", text: "x", user: { id: "v", username: "bob" } };
    for (const inner of [{ reply: hidden }, { renote: hidden }]) {
      const body = {
        note: { id: "n1", visibility: "public", user: { id: "u", username: "alice" }, ...inner },
      };
      expect(contentOf({ type: "note", body })?.isPrivate).toBe(true);
    }
  });

  test("is a note that does not say who may see it, and an event with a memo", () => {
    const body = { note: { id: "n1", user: { id: "u", username: "alice" } } };
    expect(contentOf({ type: "note", body })).toMatchObject({
      isPrivate: true,
      note: { visibility: "unknown" },
    });
    const user = { id: "u", username: "alice", memo: "owes me money", moderationNote: "beware" };
    const follow = contentOf({ type: "follow", body: { user } });
    expect(follow?.isPrivate).toBe(true);
    expect(JSON.stringify(follow)).not.toMatch(/money|beware/);
  });

  test("fields never come along, in any real delivery", () => {
    for (const { name, rawBody } of captures()) {
      const json = JSON.parse(rawBody.toString("utf8")) as { body?: { comment?: string } };
      const text = JSON.stringify(contentOf(json));
      expect(text, name).not.toMatch(/"(memo|moderationNote|reporter|assignee|twoFactor\w*|email)":/);
      if (json.body?.comment) expect(text, name).not.toContain(json.body.comment.slice(0, 10));
    }
  });
});

describe("hostile content", () => {
  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    " java\nscript:x",
    "//a.test",
    "x",
  ])("a link to %j is left out", (url) => {
    const user = { id: "u", username: "alice", avatarUrl: url };
    const note = noteOf({ url, user, files: [{ url, thumbnailUrl: url }] });
    expect(note?.author.avatarUrl).toBeNull();
    expect(note?.files).toMatchObject([{ url: null, thumbnailUrl: null }]);
    expect(note?.url).toBe("https://misskey.test/notes/n1");
  });

  test("is cut where it has no end", () => {
    const long = "x".repeat(1_000_000);
    const files = Array.from({ length: 10_000 }, () => ({ name: long, comment: long }));
    const user = { id: "u", username: long, name: long };
    const note = noteOf({ text: long, cw: long, user, files: files.slice(0, 100) });
    expect(JSON.stringify(note).length).toBeLessThan(2_000_000);
  });

  test("never throws, whatever a body holds", () => {
    const type = fc.constantFrom<EventType>(...eventTypes);
    fc.assert(
      fc.property(type, fc.jsonValue(), fc.jsonValue(), (name, note, user) => {
        const example = exampleBody(name) as { body: object };
        const parsed = parseEvent({ ...example, body: { ...example.body, note, user, report: user } }, facts);
        if (parsed.ok) expect(() => readContent(parsed.event)).not.toThrow();
      }),
    );
  });
});
