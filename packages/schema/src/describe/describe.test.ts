import * as fc from "fast-check";
import { describe as group, expect, test } from "vitest";
import { eventTypes, type MisskeyEvent } from "../events.ts";
import { exampleBody } from "../examples.ts";
import { parseEvent } from "../parse-event.ts";
import { captureNamed, captures } from "../testing/captures.ts";
import { pathsOf, replaced } from "../testing/paths.ts";
import { describe, type DescribeOptions } from "./describe.ts";

const facts = { id: "0-1-0", hook: "default", receivedAt: 1 };
const everyWay: readonly DescribeOptions[] = [{}, { language: "ja" }];
const everyQuotingWay: readonly DescribeOptions[] = everyWay.map((way) => ({ ...way, quote: true }));

group("a capture is described in English and Japanese", () => {
  test.each([
    [
      "followed-remote.json",
      "Mastodon さん :verified: (@Gargron_test@mastodon.test) followed you.",
      "Mastodon さん :verified:（@Gargron_test@mastodon.test）さんにフォローされました。",
    ],
    [
      "follow-basic.json",
      "You now follow ありす🌸 :blobcat_test: (@alice@misskey.test).",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんをフォローしました。",
    ],
    [
      "unfollow-basic.json",
      "You no longer follow ありす🌸 :blobcat_test: (@alice@misskey.test).",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんへのフォローが解除されました。",
    ],
    [
      "note-files.json",
      "ありす🌸 :blobcat_test: (@alice@misskey.test) posted a note (3 files).",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんがノートを投稿しました（ファイル3件）。",
    ],
    [
      "note-followers-only.json",
      "ありす🌸 :blobcat_test: (@alice@misskey.test) posted a note (followers only).",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんがノートを投稿しました（フォロワー限定）。",
    ],
    [
      "mention-direct.json",
      "ありす🌸 :blobcat_test: (@alice@misskey.test) sent you a direct note.",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんからダイレクト投稿が届きました。",
    ],
    [
      "reply-cw-poll.json",
      "𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦 (@carol@misskey.test) replied to you (with a content warning, with a poll).",
      "𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦（@carol@misskey.test）さんがあなたのノートに返信しました（CWあり、アンケート付き）。",
    ],
    [
      "reply-self.json",
      "ありす🌸 :blobcat_test: (@alice@misskey.test) replied to their own note.",
      "ありす🌸 :blobcat_test:（@alice@misskey.test）さんが自分のノートに返信しました。",
    ],
    [
      "renote-of-quote.json",
      "鍵垢デイブ (@dave@misskey.test) renoted your note.",
      "鍵垢デイブ（@dave@misskey.test）さんがあなたのノートをリノートしました。",
    ],
    [
      "renote-quote.json",
      "𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦 (@carol@misskey.test) quoted your note.",
      "𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦（@carol@misskey.test）さんがあなたのノートを引用しました。",
    ],
    [
      "abuseReport-test-button.json",
      "Test: DummyUser1 (@dummy1@misskey.test) was reported to the moderators.",
      "【テスト】DummyUser1（@dummy1@misskey.test）さんが通報されました。",
    ],
    [
      "abuseReportResolved-accept.json",
      "The report about 𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦 (@carol@misskey.test) was resolved: accepted.",
      "𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦（@carol@misskey.test）さんに対する通報が是認として解決されました。",
    ],
    [
      "userCreated-signup.json",
      "@newcomer@misskey.test signed up.",
      "@newcomer@misskey.test さんが新規登録しました。",
    ],
    [
      "inactiveModeratorsWarning-real.json",
      "No moderator has been active for a while; in 36 hours the server becomes invitation-only.",
      "モデレーターが一定期間活動していないため、このままではあと36時間でサーバーが招待制に切り替わります。",
    ],
  ])("%s", (name, english, japanese) => {
    const event = eventOf(captureNamed(name).json);
    expect(describe(event)).toBe(english);
    expect(describe(event, { language: "ja" })).toBe(japanese);
  });

  test.each(eventTypes)("and so is a %s, as a sentence of its own", (type) => {
    const event = eventOf(exampleBody(type));
    expect(describe(event)).toMatch(/[^.]\.$/u);
    expect(describe(event, { language: "ja" })).toMatch(/[^。]。$/u);
    const others = eventTypes.filter((other) => other !== type && !/[rR]eport/u.test(other));
    expect(others.map((other) => describe(eventOf(exampleBody(other))))).not.toContain(describe(event));
  });

  test("an event of another type is named by it", () => {
    expect(describe(eventOf({ type: "note@foo" }))).toBe("An event of type “note@foo” arrived.");
    expect(describe(eventOf({ type: "constructor" }), { language: "ja" })).toBe(
      "「constructor」イベントを受信しました。",
    );
  });
});

group("a name", () => {
  const sentence = (user: object) =>
    describe(eventOf({ type: "followed", body: { user: { id: "u", ...user } } }));

  test("is one line without anything that reorders or hides text", () => {
    const name = "\u202Eevil\u2066 \r\n\u2028name\u0000\u200B\u{E0041}\uD83D!";
    expect(sentence({ username: "a\nb", name })).toBe("evil name ! (@a b) followed you.");
  });

  test("is cut by code points, and an emoji of several stays whole where it fits", () => {
    expect(sentence({ username: "a", name: "🌸".repeat(51) })).toBe(`${"🌸".repeat(49)}… (@a) followed you.`);
    expect(sentence({ username: "a", name: "👩‍👩‍👧‍👦" })).toBe("👩‍👩‍👧‍👦 (@a) followed you.");
    expect(sentence({ username: "a".repeat(1_000_000) }).length).toBeLessThan(120);
  });

  test("that is empty once cleaned gives way to the handle", () => {
    expect(sentence({ username: "a", name: "\u200B \n" })).toBe("@a followed you.");
  });
});

group("without quote", () => {
  const planted = "PLANTED";
  const privateKeys = new Set([
    "text",
    "cw",
    "comment",
    "memo",
    "moderationNote",
    "description",
    "followedMessage",
  ]);

  test("nothing private is told, wherever it stands", () => {
    for (const capture of captures) {
      let json: unknown = capture.json;
      for (const path of pathsOf(json)) {
        if (privateKeys.has(String(path.at(-1)))) json = replaced(json, path, planted);
      }
      json = addTo(json, {
        memo: planted,
        moderationNote: planted,
        cw: planted,
        comment: planted,
        text: planted,
      });
      for (const way of everyWay) expect(describe(eventOf(json), way)).not.toContain(planted);
    }
  });

  test("who reported is not told", () => {
    const capture = captureNamed("abuseReport-local.json");
    for (const way of everyQuotingWay) expect(describe(eventOf(capture.json), way)).not.toMatch(/bob/iu);
  });

  test("whatever parses is described on one line, and never throws", () => {
    const change = fc.tuple(
      fc.nat(),
      fc.oneof(fc.jsonValue(), fc.constant("a\nb"), fc.string({ unit: "binary" })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...captures), fc.array(change, { maxLength: 4 }), (capture, changes) => {
        const json = changes.reduce<unknown>((value, [index, replacement]) => {
          const paths = pathsOf(value);
          const path = paths[index % paths.length];
          return path === undefined ? value : replaced(value, path, replacement);
        }, capture.json);
        const result = parseEvent(json, facts);
        if (!result.ok) return;
        for (const way of [...everyWay, ...everyQuotingWay]) {
          expect(describe(result.event, way)).toMatch(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

group("with quote", () => {
  test("the text of a public or home note follows, on one line", () => {
    const note = { id: "n", user: { id: "u", username: "a" }, text: "first\nsecond", visibility: "home" };
    const event = eventOf({ type: "note", body: { note } });
    expect(describe(event, { quote: true })).toBe("@a posted a note: “first second”");
    expect(describe(event, { quote: true, language: "ja" })).toBe(
      "@a さんがノートを投稿しました：「first second」",
    );
  });

  test("a long text is cut", () => {
    const note = {
      id: "n",
      user: { id: "u", username: "a" },
      text: "🌸".repeat(1_000),
      visibility: "public",
    };
    const text = describe(eventOf({ type: "note", body: { note } }), { quote: true });
    expect(text).toBe(`@a posted a note: “${"🌸".repeat(199)}…”`);
  });

  test("a renote quotes the renoted note", () => {
    const event = eventOf(captureNamed("renote-of-quote.json").json);
    expect(describe(event, { quote: true })).toContain("これはいい投稿✨");
  });

  test("only what may be shown is quoted, however the notes are nested", () => {
    const level = fc.record({
      visibility: fc.constantFrom("public", "home", "followers", "specified", "other", undefined, null),
      cw: fc.constantFrom(undefined, null, null, null, "", "warning", 7),
      localOnly: fc.constantFrom(undefined, false, false, true, "true"),
      isHidden: fc.constantFrom(undefined, false, true),
      hasText: fc.boolean(),
      nestedBy: fc.constantFrom("renote", "reply"),
    });
    const types = fc.constantFrom("note", "reply", "renote", "mention", "edited");
    fc.assert(
      fc.property(types, fc.array(level, { minLength: 1, maxLength: 4 }), (type, levels) => {
        let note: object | undefined;
        for (const [index, { hasText, nestedBy, ...fields }] of [...levels.entries()].toReversed()) {
          const text = hasText ? `TEXT${index}` : null;
          const nested = note === undefined ? {} : { [nestedBy]: note };
          note = { id: `n${index}`, user: { id: "u", username: "a" }, text, ...fields, ...nested };
        }
        const told = describe(eventOf({ type, body: { note } }), { quote: true });
        const shown = [...levels.keys()].filter((index) => told.includes(`TEXT${index}`));
        const open = levels.map(
          ({ visibility, cw, localOnly, isHidden }) =>
            (visibility === "public" || visibility === "home") &&
            (cw === undefined || cw === null) &&
            (localOnly === undefined || localOnly === false) &&
            isHidden !== true,
        );
        expect(shown).toEqual(mayBeShown(levels, open));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The level whose text is quoted: the note's own, or that of the note which a pure renote is of. */
function mayBeShown(
  levels: readonly { hasText: boolean; nestedBy: string }[],
  open: readonly boolean[],
): number[] {
  const [first, second] = levels;
  if (first?.hasText === true) return open[0] === true ? [0] : [];
  const isRenote = second?.hasText === true && first?.nestedBy === "renote";
  return isRenote && open[0] === true && open[1] === true ? [1] : [];
}

function eventOf(json: unknown): MisskeyEvent {
  const result = parseEvent(json, facts);
  if (!result.ok) throw new Error(`does not parse: ${JSON.stringify(result.mismatches)}`);
  return result.event;
}

/** Adds fields to every object in a value that has an id. */
function addTo(value: unknown, fields: object): unknown {
  if (Array.isArray(value)) return value.map((item) => addTo(item, fields));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, addTo(child, fields)]);
  return { ...Object.fromEntries(entries), ...("id" in value ? fields : {}) };
}
