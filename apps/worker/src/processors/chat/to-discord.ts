/**
 * A message as Discord takes it: an embed, whose limits are
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits.
 *
 * What users wrote is escaped character by character, so that it is shown as it was written: it mentions
 * nobody, is no link to elsewhere, and cannot get out of its spoiler.
 */
import type { Content, Message } from "./message.ts";
import { picturesOf } from "./pictures.ts";
import { fit, piecesOf } from "./text.ts";

/** All of them together stay below the 6,000 that a message may have. */
const LIMIT = {
  title: 256,
  author: 256,
  label: 256,
  about: 1_024,
  warning: 500,
  description: 4_096,
} as const;
/** A longer link is left out of a text; Misskey's own have about 80. */
const LONGEST_LINK = 400;
const MISSKEY_GREEN = 0x86b300;

/** @param plain without images, and with the link as text: for URLs that Discord does not take */
export function toDiscord(message: Message, plain: boolean): object {
  const { title, author, link, at, content, about } = message;
  const pictures = picturesOf(message, plain);
  const links = [
    ...pictures.linked,
    ...[...pictures.sensitive, ...pictures.warned].map(spoiler),
    ...(plain && link !== undefined ? [link] : []),
  ].filter(({ length }) => length <= LONGEST_LINK);
  const room = LIMIT.description - links.join("\n").length - 1;
  const description = [content ? toText(content, room) : "", ...links]
    .filter((part) => part !== "")
    .join("\n");
  const field = about ? toText(about.content, LIMIT.about, content?.warning !== undefined) : "";
  const [image, ...more] = pictures.open;
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        color: MISSKEY_GREEN,
        timestamp: new Date(at).toISOString(),
        title: fit(escaped(title), LIMIT.title),
        ...(link !== undefined && !plain ? { url: link } : {}),
        ...(author ? { author: toAuthor(author, plain) } : {}),
        ...(description === "" ? {} : { description }),
        ...(about && field !== ""
          ? { fields: [{ name: fit(escaped(about.label), LIMIT.label), value: field }] }
          : {}),
        ...(image === undefined ? {} : { image: { url: image } }),
      },
      // Discord shows the images of embeds with the same URL together.
      ...(link === undefined ? [] : more.map((url) => ({ url: link, image: { url } }))),
    ],
  };
}

function toAuthor({ handle, link, avatar }: NonNullable<Message["author"]>, plain: boolean): object {
  return {
    // Nothing is markup there, so nothing is escaped.
    name: fit(handle, LIMIT.author),
    ...(link === undefined || plain ? {} : { url: link }),
    ...(avatar === undefined || plain ? {} : { icon_url: avatar }),
  };
}

function toText({ warning, text }: Content, limit: number, isHidden = false): string {
  if (warning === undefined && !isHidden) return fit(escaped(text), limit);
  const head = warning === undefined ? "" : `**CW** ${fit(escaped(warning), LIMIT.warning)}\n`;
  const covered = text === "" ? "" : spoiler(fit(escaped(text), limit - head.length - spoiler("").length));
  return (head + covered).trim();
}

/** The spaces keep the bars apart from an escaped one, and from a URL, which would take them in. */
function spoiler(text: string): string {
  return `|| ${text} ||`;
}

/** Discord takes a backslash before any character that is no letter, digit or space. */
function* escaped(text: string): Generator<string> {
  for (const { text: piece, isUrl } of piecesOf(text))
    yield isUrl || !/[\\*_~`|<>[\]()#@:]/.test(piece) ? piece : `\\${piece}`;
}
