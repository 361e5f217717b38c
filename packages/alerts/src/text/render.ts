/**
 * Renders a text for the two services, so that what is foreign in it is shown as it was written: it mentions nobody,
 * links nowhere, and is no markup.
 *
 * | service | field | limit | escaping |
 * |---|---|---|---|
 * | Discord | `content` | 2,000 characters (https://discord.com/developers/docs/resources/webhook#execute-webhook) | a backslash before markup |
 * | Slack, Mattermost, Discord's `/slack` | `text` | the same, for the last of them | `&`, `<` and `>` (https://docs.slack.dev/messaging/formatting-message-text) |
 */
import type { Text } from "./text.ts";

/** UTF-16 units: a service that counts characters counts no more. */
const LIMIT = 2_000;
const LONGEST_FOREIGN = 200;

/** The body of a request that Discord and Slack both take; each ignores what it does not know. */
export interface MessageBody {
  readonly content: string;
  readonly text: string;
  /** Nobody is mentioned, whatever the text holds. */
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

export function toBody(text: Text): MessageBody {
  return {
    content: fit(text, toDiscord),
    text: fit(text, toSlack),
    allowed_mentions: { parse: [] },
  };
}

type Render = (text: Text, longest: number) => string;

/** Foreign pieces become shorter until all fits; ours are never cut unless they alone are too long. */
function fit(text: Text, render: Render): string {
  for (let longest = LONGEST_FOREIGN; longest >= 1; longest = Math.floor(longest / 2)) {
    const rendered = render(text, longest);
    if (rendered.length <= LIMIT) return rendered;
  }
  return `${render(text, 1).slice(0, LIMIT - 1)}…`;
}

function toDiscord(text: Text, longest: number): string {
  return text
    .map((piece) =>
      typeof piece === "string"
        ? piece
        : harmless(piece.foreign, longest).replace(/[\\*_~`|<>[\]()#@:]/g, "\\$&"),
    )
    .join("");
}

function toSlack(text: Text, longest: number): string {
  return text
    .map((piece) => entities(typeof piece === "string" ? piece : harmless(piece.foreign, longest)))
    .join("");
}

function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An invisible character that keeps its neighbours from being read as one word. */
const JOINER = "\u2060";

/**
 * One line without control characters, direction marks and lone surrogates. The joiner keeps services that look for
 * mentions and links in plain text from finding any; Slack has no way to escape a backtick.
 */
function harmless(text: string, longest: number): string {
  const line = text
    .slice(0, 10 * LONGEST_FOREIGN)
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .replaceAll("`", "'");
  const points = [...line];
  const cut = points.length > longest ? `${points.slice(0, longest).join("")}…` : line;
  return cut.replaceAll("@", `@${JOINER}`).replaceAll("://", `:${JOINER}//`);
}
