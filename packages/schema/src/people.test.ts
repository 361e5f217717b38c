import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleBody } from "./examples.ts";
import { handleOf, peopleOf, readHandle } from "./people.ts";

const server = "https://misskey.example";
const user = (username: string, host: string | null = null) => ({ id: "u", username, host });

describe("peopleOf", () => {
  test("names the author of a note and of all notes inside it, each once", () => {
    const renote = { id: "n3", user: user("Carol", "Remote.Example") };
    const reply = { id: "n2", user: user("bob") };
    const note = { id: "n1", user: user("alice"), reply, renote: { ...renote, renote } };
    expect(peopleOf({ server, type: "note", body: { note } })).toEqual([
      "alice@misskey.example",
      "alice",
      "bob@misskey.example",
      "bob",
      "carol@remote.example",
    ]);
  });

  test("finds who followed, who joined, and who was reported", () => {
    expect(peopleOf({ server, type: "followed", body: { user: user("ai", "こんにちは.test") } })).toEqual([
      "ai@xn--28j2a3ar1p.test",
    ]);
    expect(peopleOf({ server, type: "userCreated", body: user("new") })).toContain("new@misskey.example");
    const report = { id: "r1", targetUser: user("troll", "bad.example"), reporter: user("victim") };
    expect(peopleOf({ server, type: "abuseReport", body: report })).toEqual(["troll@bad.example"]);
  });

  test("does not tell who reported or who moderates, in any form of a report", () => {
    for (const type of ["abuseReport", "abuseReportResolved"] as const) {
      const delivery = exampleBody(type) as { body: Record<string, unknown> };
      delivery.body["reporter"] = user("whistle");
      delivery.body["assignee"] = user("mod1");
      delivery.body["nested"] = { resolver: user("mod2"), moderator: user("mod3") };
      expect(peopleOf(delivery).join(" ")).not.toMatch(/whistle|mod/);
    }
  });

  test("takes the server from the header where the body has none, and does without", () => {
    const flat = { type: "note", note: { id: "n", user: user("alice") } };
    expect(peopleOf(flat, "old.example")).toEqual(["alice@old.example", "alice"]);
    expect(peopleOf(flat)).toEqual(["alice"]);
  });

  test("is not impressed by giant, deep or hostile bodies", () => {
    let deep: unknown = user("deep");
    for (let i = 0; i < 100_000; i += 1) deep = { renote: deep, user: user(`u${i}`) };
    expect(peopleOf(deep)).toHaveLength(64);
    const wide = { server, body: Array.from({ length: 200_000 }, () => ({})), user: user("alice") };
    expect(peopleOf(wide)).toEqual(expect.any(Array));
    for (const username of ["x".repeat(1_000_000), "a b", "a@b", "a\nb", "a\u001Bb", ""])
      expect(peopleOf({ body: user(username, "h.example") })).toEqual([]);
    expect(peopleOf({ body: user("alice", "h".repeat(1_000_000)) })).toEqual([]);
  });

  test("never throws and gives each handle in the form that a filter is read in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (json, name) => {
        for (const handle of peopleOf({ json, user: { username: name, host: "h.example" } }))
          expect(readHandle(`@${handle}`)).toBe(handle);
      }),
    );
  });
});

test.each([
  ["@Alice@Example.TLD", "alice@example.tld"],
  ["alice@example.tld:8443", "alice@example.tld:8443"],
  [" @alice ", "alice"],
  ["@a@b@c", undefined],
  ["@", undefined],
  ["two words", undefined],
])("reads the handle %s as %s", (text, handle) => {
  expect(readHandle(text)).toBe(handle);
});

test("a handle's host is written as in a URL", () => {
  expect(handleOf("ai", "EXAMPLE.com")).toBe("ai@example.com");
  expect(handleOf("ai", "no host at all")).toBeUndefined();
});
