import { domainToUnicode } from "node:url";
import { readHandle } from "@misskeep/schema";
import { OperationError } from "./errors.ts";

/** Whose content is meant. */
export type EraseTarget =
  /** `@alice@example.tld`, or `@alice` for users of the sending servers themselves. */
  | { readonly person: string }
  /** A note's id. */
  | { readonly note: string };

/** Tells whether a delivery holds content of the target. */
export type Matcher = (delivery: {
  /** Parsed; undefined where it is no JSON. */
  readonly json: unknown;
  readonly raw: Buffer;
  /** The sending server's host, as its header says. */
  readonly host?: string | undefined;
}) => boolean;

/** Misskey's ids have 10 to 26 letters and digits; forks have longer ones. */
const NOTE_ID = /^[A-Za-z0-9_-]{6,64}$/;

/**
 * | target | a delivery that holds |
 * |---|---|
 * | person | them as a user, anywhere: author, also of a quoted note, follower, reported, reporter |
 * | person | their handle in any text, as a whole |
 * | note | the note itself, anywhere: also quoted, or as what a reply answers |
 * | note | a link to it: `…/notes/<id>` (reports begin with one) |
 *
 * A body that cannot be parsed matches if it holds the name and the host, or the id, anywhere. Never throws, however
 * deep or large a body is.
 *
 * @throws OperationError `INVALID_TARGET`
 */
export function matcherOf(target: EraseTarget): Matcher {
  if ("note" in target) return noteMatcher(target.note);
  const handle = readHandle(target.person);
  if (handle === undefined) {
    const found = target.person.slice(0, 64);
    throw new OperationError("INVALID_TARGET", `"${found}" is no handle; they look like @alice@example.tld.`);
  }
  return personMatcher(handle);
}

function noteMatcher(id: string): Matcher {
  if (!NOTE_ID.test(id))
    throw new OperationError("INVALID_TARGET", `"${id.slice(0, 64)}" is not the id of a note.`);
  const link = `/notes/${id}`;
  const isLink = (text: string): boolean => {
    const at = text.indexOf(link);
    return at >= 0 && !/^[A-Za-z0-9_-]/.test(text.slice(at + link.length));
  };
  return ({ json, raw }) =>
    json === undefined
      ? raw.includes(id)
      : someValue(json, (value) =>
          typeof value === "string"
            ? isLink(value)
            : Object.hasOwn(value, "id") && value["id"] === id && !Object.hasOwn(value, "username"),
        );
}

function personMatcher(handle: string): Matcher {
  const [username = "", host] = handle.split("@");
  const local = mention([username]);
  const full = host === undefined ? undefined : fullMention(username, host);
  return ({ json, raw, host: sender }) => {
    if (json === undefined) {
      const text = raw.toString("latin1").toLowerCase();
      return text.includes(latin1(username)) && (host === undefined || text.includes(latin1(host)));
    }
    const home = homeOf(json) ?? sender?.toLowerCase();
    // Of the server that sends, users carry no host and mentions need none.
    const isHome = host === undefined || host === home;
    return someValue(json, (value) =>
      typeof value === "string"
        ? value.includes("@") && ((full?.test(value) ?? false) || (isHome && local.test(value)))
        : isUser(value, username, host ?? home, isHome),
    );
  };
}

function isUser(value: object, username: string, host: string | undefined, isHome: boolean): boolean {
  const user = value as { readonly username?: unknown; readonly host?: unknown };
  if (typeof user.username !== "string" || user.username.toLowerCase() !== username) return false;
  if (typeof user.host !== "string") return isHome;
  return host !== undefined && readHandle(`${username}@${user.host}`) === `${username}@${host}`;
}

/** A handle within a text: not the end of a mail address or a path, and not the beginning of a longer handle. */
function mention(handles: readonly string[], links: readonly string[] = []): RegExp {
  const starts = [...handles.map((handle) => `${BEFORE}@${literal(handle)}`), ...links.map(literal)];
  return new RegExp(`(?:${starts.join("|")})${AFTER}`, "iu");
}

const BEFORE = String.raw`(?<![\p{L}\p{N}_/.@-])`;
const AFTER = String.raw`(?![\p{L}\p{N}_@]|[.:-][\p{L}\p{N}_])`;

/** With its host, in Punycode or in Unicode; or as the address of their page. */
function fullMention(username: string, host: string): RegExp {
  const hosts = [host, domainToUnicode(host)].filter((each) => each !== "");
  return mention(
    hosts.map((each) => `${username}@${each}`),
    hosts.map((each) => `//${each}/@${username}`),
  );
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function homeOf(json: unknown): string | undefined {
  const server =
    typeof json === "object" && json !== null ? (json as { server?: unknown }).server : undefined;
  return typeof server === "string" && URL.canParse(server) ? new URL(server).host : undefined;
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Whether any string or object within a JSON value passes; without recursion, which a deep body would exhaust. */
function someValue(json: unknown, passes: (value: string | Record<string, unknown>) => boolean): boolean {
  const left: unknown[] = [json];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === "string") {
      if (passes(value)) return true;
    } else if (Array.isArray(value)) {
      for (const each of value as unknown[]) if (isWorthIt(each)) left.push(each);
    } else if (typeof value === "object" && value !== null) {
      if (passes(value as Record<string, unknown>)) return true;
      for (const each of Object.values(value)) if (isWorthIt(each)) left.push(each);
    }
  }
  return false;
}

function isWorthIt(value: unknown): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}
