import fc from "fast-check";
import { expect, test } from "vitest";
import { toBody } from "./render.ts";
import { ours, say } from "./text.ts";

test("mentions nobody, and is a body that Discord and Slack both take", () => {
  expect(toBody(say`Hello, ${"world"}.`)).toEqual({
    content: "Hello, world.",
    text: "Hello, world.",
    allowed_mentions: { parse: [] },
  });
});

test.each([
  ["@everyone and @here", "\\@\u2060everyone and \\@\u2060here", "@\u2060everyone and @\u2060here"],
  [
    "<!channel> <@U1> <@&2>",
    "\\<!channel\\> \\<\\@\u2060U1\\> \\<\\@\u2060&2\\>",
    "&lt;!channel&gt; &lt;@\u2060U1&gt; &lt;@\u2060&amp;2&gt;",
  ],
  [
    "[free](https://evil.example)",
    "\\[free\\]\\(https\\:\u2060//evil.example\\)",
    "[free](https:\u2060//evil.example)",
  ],
  [
    "<https://evil.example|click>",
    "\\<https\\:\u2060//evil.example\\|click\\>",
    "&lt;https:\u2060//evil.example|click&gt;",
  ],
  ["a\nb\u202Ec\u0000d\u2028e", "a b c d e", "a b c d e"],
  ["``` ||x|| **b**", "''' \\|\\|x\\|\\| \\*\\*b\\*\\*", "''' ||x|| **b**"],
  ["\uD800 lone", "lone", "lone"],
])("shows %j as it was written, and as nothing more", (foreign, discord, slack) => {
  expect(toBody(say`${foreign}`)).toMatchObject({ content: discord, text: slack });
});

test("leaves what is ours as it is for Discord, and escapes it for Slack", () => {
  expect(toBody(ours("`misskeep status` & https://x.example/"))).toMatchObject({
    content: "`misskeep status` & https://x.example/",
    text: "`misskeep status` &amp; https://x.example/",
  });
});

test("cuts what is foreign, never what is ours, until all fits", () => {
  const { content, text } = toBody([
    "begin ",
    ...Array.from({ length: 30 }, () => ({ foreign: "<".repeat(5_000) })),
    " end",
  ]);
  for (const field of [content, text]) {
    expect(field.length).toBeLessThanOrEqual(2_000);
    expect(field).toMatch(/^begin .* end$/s);
  }
});

test("whatever is in it: short enough, one line, nothing that could be markup, no half characters", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("@everyone", "<!here>", "https://a.b", "\n", "😀"),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
      const { content, text } = toBody(parts.map((foreign) => ({ foreign })));
      for (const field of [content, text]) {
        expect(field.length).toBeLessThanOrEqual(2_000);
        expect(field).not.toMatch(/\p{Cs}/u);
        expect(field).not.toMatch(/[\n\r\u202E]|:\/\/|@[a-z]/i);
      }
      expect(content).not.toMatch(/(?<!\\)(?:\\\\)*[<@`[|]/);
      expect(text).not.toMatch(/[<>`]/);
    }),
  );
});
