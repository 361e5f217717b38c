/**
 * A message as Slack takes it: blocks, whose limits are https://docs.slack.dev/reference/block-kit/blocks.
 *
 * Slack has no spoiler. Behind a content warning nothing is shown but the warning; sensitive images are links.
 * What users wrote cannot mention anyone or make links look like others: Slack's three characters of markup
 * that matter are escaped, and `verbatim` keeps it from finding more.
 */
import type { Content, Message } from "./message.ts";
import { picturesOf } from "./pictures.ts";
import { fit, piecesOf } from "./text.ts";

const LIMIT = { title: 500, warning: 500, section: 3_000 } as const;

/** @param plain without images: Slack refuses a message if it cannot load one */
export function toSlack(message: Message, plain: boolean): object {
  const { title, link, content, about } = message;
  const isWarned = content?.warning !== undefined;
  const pictures = picturesOf(message, plain);
  const links = [
    ...pictures.linked.map((url) => linkTo(url, "Image")),
    ...pictures.sensitive.map((url) => linkTo(url, "Sensitive image")),
  ];
  const heading = fit(escaped(title), LIMIT.title);
  const texts = [
    link === undefined ? heading : `${heading}\n${linkTo(link, "Open in Misskey")}`,
    content ? toText(content) : "",
    about && !isWarned ? toText(about.content, `${fit(escaped(about.label), LIMIT.title)}:\n`) : "",
    fit(
      links.map((each) => `${each}\n`),
      LIMIT.section,
    ).trim(),
  ];
  return {
    // Shown in notifications, where blocks are not.
    text: heading,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      ...texts.filter((text) => text !== "").map(toSection),
      ...pictures.open.map((url) => ({ type: "image", image_url: url, alt_text: "Image" })),
      ...toByline(message, plain),
    ],
  };
}

function toSection(text: string): object {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}

function toText({ warning, text }: Content, head = ""): string {
  if (warning !== undefined) return `${head}*CW* ${fit(escaped(warning), LIMIT.warning)}`;
  return text === "" ? "" : head + fit(escaped(text), LIMIT.section - head.length);
}

function toByline({ author }: Message, plain: boolean): object[] {
  if (author === undefined) return [];
  const handle = fit(escaped(author.handle), LIMIT.title);
  const avatar = author.avatar === undefined || plain ? [] : [author.avatar];
  return [
    {
      type: "context",
      elements: [
        ...avatar.map((url) => ({ type: "image", image_url: url, alt_text: "Avatar" })),
        { type: "mrkdwn", text: handle, verbatim: true },
      ],
    },
  ];
}

/** @param label ours, without markup */
function linkTo(url: string, label: string): string {
  return `<${entities(url)}|${label}>`;
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function* escaped(text: string): Generator<string> {
  // An invisible joiner: even where mentions are looked for in plain text, these are none.
  const harmless = text.replace(/(?<![/\w])@(?=channel|here|everyone)/giu, "@\u2060");
  for (const { text: piece, isUrl } of piecesOf(harmless))
    yield isUrl ? `<${entities(piece)}>` : entities(piece);
}

function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
