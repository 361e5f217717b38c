import fc from "fast-check";
import { captures } from "@misskeep/testkit";
import { describe, expect, it } from "vitest";
import { discordOf, type Embed } from "../test-support/chat.ts";
import { type Change, eventFrom } from "../test-support/run.ts";
import { render } from "./render.ts";

const server = "https://misskey.test";

describe("toDiscord", () => {
  it("shows author, text, link and time", () => {
    const { embeds } = discordOf(eventFrom("mention-by-reply"));
    expect(embeds).toHaveLength(1);
    expect(embeds[0]).toMatchObject({
      title: 'Bob "the builder" O\'Brien (\\@bob\\@misskey.test) mentioned you.'
        .replace(" (", " \\(")
        .replace(") ", "\\) "),
      url: `${server}/notes/atxm983haohs002z`,
      description: "そうですね！散歩日和です🚶",
      timestamp: "2026-11-24T02:04:54.461Z",
      author: {
        name: "@bob@misskey.test",
        url: `${server}/@bob`,
        icon_url: `${server}/identicon/bob@misskey.test`,
      },
      fields: [{ name: "In reply to \\@alice\\@misskey.test" }],
    });
  });

  it("keeps URLs in a text, and escapes what is around them", () => {
    const change: Change = ({ body }) =>
      (body.note.text = "*see* https://a.example/x_y?a=1&b=2. <@123> @everyone");
    const { embeds } = discordOf(eventFrom("note-plain-japanese", change));
    expect(embeds[0].description).toBe("\\*see\\* https://a.example/x_y?a=1&b=2. \\<\\@123\\> \\@everyone");
  });

  it("mentions nobody", () => {
    expect(discordOf(eventFrom("mention-by-reply")).allowed_mentions).toEqual({ parse: [] });
  });

  it("covers a text behind its content warning", () => {
    const { embeds } = discordOf(eventFrom("mention-remote-mastodon"));
    const [head, ...covered] = embeds[0].description!.split("\n");
    expect(head).toBe("**CW** あいさつ");
    expect(covered.join("\n")).toMatch(/^\|\| [^]*はじめまして[^]* \|\|$/);
    expect(embeds[0]).toMatchObject({
      author: { name: "@Gargron_test@mastodon.test", url: `${server}/@Gargron_test@mastodon.test` },
    });
  });

  it("covers images and the quoted note behind a content warning, an empty one included", () => {
    const change: Change = ({ body }) => {
      body.note.cw = "";
      body.note.files = [image("own")];
    };
    const { embeds } = discordOf(eventFrom("renote-quote", change));
    expect(embeds).toHaveLength(1);
    expect(embeds[0].image).toBeUndefined();
    expect(embeds[0].description).toContain("|| https://files.example/own ||");
    expect(embeds[0].fields![0]!.value).toMatch(/^\|\| .* \|\|$/s);
  });

  it("shows several images together, and sensitive ones or such of unknown kind covered", () => {
    const change: Change = ({ body }) => {
      body.note.files = [
        image("one"),
        image("two"),
        image("three", true),
        { ...image("four"), isSensitive: undefined },
        image("five"),
      ];
    };
    const { embeds } = discordOf(eventFrom("note-plain-japanese", change));
    expect(embeds.map((embed) => embed.image?.url)).toEqual([
      "https://files.example/one",
      "https://files.example/two",
    ]);
    expect(new Set(embeds.map((embed) => embed.url)).size).toBe(1);
    expect(embeds[0].description).toMatch(
      /\n\|\| https:\/\/files.example\/three \|\|\n\|\| https:\/\/files.example\/four \|\|$/,
    );
  });

  it("shows a renoted note's text and images", () => {
    const { embeds } = discordOf(
      eventFrom("renote-files-local-only", ({ body }) => (body.note.localOnly = false)),
    );
    expect(embeds[0].fields).toEqual([
      { name: "Note by \\@alice\\@misskey.test", value: "写真を撮りました📷" },
    ]);
    expect(embeds[0].image?.url).toMatch(/^https:\/\/misskey\.test\/files\//);
  });

  it("has no URLs of its own where it is plain, but the link as text", () => {
    const { embeds } = discordOf(eventFrom("note-files"), { plain: true });
    expect(embeds).toHaveLength(1);
    expect(
      embeds[0].url ?? embeds[0].image ?? embeds[0].author?.url ?? embeds[0].author?.icon_url,
    ).toBeUndefined();
    expect(embeds[0].description).toContain(`${server}/notes/atxm94ssaohs002s`);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//misskey.test/x",
    "https://u:p@files.example/",
    7,
    null,
  ])("takes %j for no URL", (url) => {
    const change: Change = (delivery) => {
      delete delivery.server;
      delivery.body.note.url = url;
      delivery.body.note.uri = url;
      delivery.body.note.user.avatarUrl = url;
      delivery.body.note.files = [{ ...image("x"), url }];
    };
    const [embed] = discordOf(eventFrom("mention-remote-mastodon", change)).embeds;
    expect(JSON.stringify(embed)).not.toMatch(/javascript|data:|file:|u:p@/);
    expect(embed.url ?? embed.image ?? embed.author?.icon_url).toBeUndefined();
  });

  it("links to the note's own server where the sender's is unknown", () => {
    const [embed] = discordOf(
      eventFrom("mention-remote-mastodon", (delivery) => delete delivery.server),
    ).embeds;
    expect(embed.url).toBe("https://mastodon.test/notes/mwu224qs");
  });

  it("stays within Discord's limits and its spoilers, whatever was written", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            "||",
            "|",
            "\\",
            "`",
            "```",
            "*",
            "_",
            "\n",
            "https://a.example/|",
            "\ud83d",
            "👩‍👩‍👧‍👦",
            "@everyone",
            "<@1>",
            " ",
          ),
          { maxLength: 3_000 },
        )
        .map((parts) => parts.join("")),
    );
    const name = fc.oneof(fc.string({ maxLength: 20 }), fc.constant("|*".repeat(5_000)));
    fc.assert(
      fc.property(text, fc.option(text), name, text, (own, warning, author, quoted) => {
        const event = eventFrom("renote-quote", ({ body }) => {
          Object.assign(body.note, {
            text: own,
            cw: warning,
            files: [image("a"), image("b", true), image(author)],
          });
          Object.assign(body.note.user, { name: author, username: author });
          Object.assign(body.note.renote, { text: quoted, cw: warning === null ? null : own });
          body.note.renote.user.username = author;
        });
        for (const plain of [false, true]) {
          const { embeds } = discordOf(event, { plain });
          expect(embeds.length).toBeLessThanOrEqual(10);
          expectWithinLimits(embeds);
          const [{ description = "", fields = [] }] = embeds;
          for (const part of [description, ...fields.map(({ value }) => value)])
            if (warning !== null) expectCovered(part);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(captures().map(({ name }) => name))("stays within Discord's limits for %s", (name) => {
    const event = eventFrom(name);
    if ("withheld" in render(event)) return;
    expectWithinLimits(discordOf(event).embeds);
  });
});

function image(name: string, isSensitive = false): object {
  return { type: "image/png", url: `https://files.example/${name}`, isSensitive };
}

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
function expectWithinLimits(embeds: readonly Partial<Embed>[]): void {
  let total = 0;
  const count = (text: string | undefined, limit: number): void => {
    if (text === undefined) return;
    expect(text.trim()).not.toBe("");
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).not.toMatch(/\p{Cs}/u);
    total += text.length;
  };
  for (const { title, description, author, fields = [] } of embeds) {
    count(title, 256);
    count(description, 4_096);
    count(author?.name, 256);
    for (const { name, value } of fields) {
      count(name, 256);
      count(value, 1_024);
    }
  }
  expect(total).toBeLessThanOrEqual(6_000);
}

/** What is left without the spoilers, read as Discord does, is the warning and our link. */
function expectCovered(part: string): void {
  const outside = part.replace(/\|\|[^]+?\|\|/g, "").replace(/\*\*CW\*\*(\\[^]|[^\\|])*/g, "");
  expect(outside.replace(`${server}/notes/atxm9gqnaohs003j`, "").trim()).toBe("");
}
