import fc from "fast-check";
import { captures } from "@misskeep/testkit";
import { describe, expect, it } from "vitest";
import { slackOf, slackTexts } from "../test-support/chat.ts";
import { type Change, eventFrom } from "../test-support/run.ts";
import { render } from "./render.ts";

const server = "https://misskey.test";

describe("toSlack", () => {
  it("shows author, text, link and what it answers", () => {
    const { text, blocks } = slackOf(eventFrom("mention-by-reply"));
    expect(text).toBe('Bob "the builder" O\'Brien (@bob@misskey.test) mentioned you.');
    expect(blocks.map(({ type }) => type)).toEqual(["section", "section", "section", "context"]);
    expect(blocks[0]!.text!.text).toBe(`${text}\n<${server}/notes/atxm983haohs002z|Open in Misskey>`);
    expect(blocks[1]!.text!.text).toBe("そうですね！散歩日和です🚶");
    expect(blocks[2]!.text!.text).toMatch(/^In reply to @alice@misskey\.test:\nおはようございます/);
    expect(blocks[3]!.elements).toMatchObject([
      { type: "image", image_url: `${server}/identicon/bob@misskey.test` },
      { type: "mrkdwn", text: "@bob@misskey.test" },
    ]);
  });

  it("shows of a note with a content warning the warning alone", () => {
    const change: Change = ({ body }) => {
      body.note.cw = "spoiled <!channel>";
      body.note.text = "planted-text";
      body.note.renote.text = "planted-quoted";
      body.note.files = [image("planted-file"), image("planted-sensitive", true)];
    };
    const sent = slackOf(eventFrom("renote-quote", change));
    expect(JSON.stringify(sent)).not.toContain("planted");
    expect(sent.blocks[1]!.text!.text).toBe("*CW* spoiled &lt;!channel&gt;");
    expect(sent.blocks[0]!.text!.text).toContain("|Open in Misskey>");
  });

  it("escapes markup and mentions, and keeps URLs links", () => {
    const change: Change = ({ body }) =>
      (body.note.text = "<!channel> <@U123> a&b @here https://a.example/?q=1&r=2。");
    const { blocks } = slackOf(eventFrom("note-plain-japanese", change));
    expect(blocks[1]!.text).toEqual({
      type: "mrkdwn",
      text: "&lt;!channel&gt; &lt;@U123&gt; a&amp;b @\u2060here <https://a.example/?q=1&amp;r=2>。",
      verbatim: true,
    });
  });

  it("shows images, sensitive ones as links", () => {
    const change: Change = ({ body }) => (body.note.files = [image("one"), image("two", true)]);
    const { blocks } = slackOf(eventFrom("note-plain-japanese", change));
    expect(blocks.filter(({ type }) => type === "image")).toMatchObject([
      { image_url: "https://files.example/one" },
    ]);
    expect(blocks[2]!.text!.text).toBe("<https://files.example/two|Sensitive image>");
  });

  it("has no images where it is plain, but links to them", () => {
    const sent = slackOf(eventFrom("note-files"), { plain: true });
    expect(JSON.stringify(sent)).not.toContain("image_url");
    expect(slackTexts(sent).join("\n")).toMatch(/<https:\/\/misskey\.test\/files\/[^|]+\|Image>/);
  });

  it("stays within Slack's limits and makes no markup of what was written", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            "<",
            ">",
            "&",
            "|",
            "<!here>",
            "@channel",
            "https://a.example/?a&b|c>",
            "\ud83d",
            "👍",
            "\n",
            " ",
          ),
          { maxLength: 3_000 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, fc.option(text), text, (own, warning, name) => {
        const event = eventFrom("renote-quote", ({ body }) => {
          Object.assign(body.note, {
            text: own,
            cw: warning,
            files: [image(`a?${"&|".repeat(100)}`), image("b", true)],
          });
          Object.assign(body.note.user, { name, username: name });
          body.note.renote.text = own;
        });
        for (const plain of [false, true]) {
          const sent = slackOf(event, { plain });
          expect(sent.blocks.length).toBeLessThanOrEqual(50);
          for (const part of slackTexts(sent)) {
            expect(part).not.toBe("");
            expect(part.length).toBeLessThanOrEqual(3_000);
            const markup = part.match(/<[^>]*>?/g) ?? [];
            for (const each of markup)
              expect(each).toMatch(/^<https?:\/\/[^<>|\s]+(\|(Open in Misskey|Image|Sensitive image))?>$/);
            expect(part).not.toMatch(/(?<![/\w])@(channel|here|everyone)|\p{Cs}/iu);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(captures().map(({ name }) => name))("has no empty block for %s", (name) => {
    const event = eventFrom(name);
    if ("withheld" in render(event)) return;
    expect(slackTexts(slackOf(event)).every((part) => part !== "" && part.length <= 3_000)).toBe(true);
  });
});

function image(name: string, isSensitive = false): object {
  return { type: "image/png", url: `https://files.example/${name}`, isSensitive };
}
