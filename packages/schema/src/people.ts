/**
 * Who takes part in an event, for finding events by person.
 *
 * Promises: never throws, whatever JSON it is given, and looks at a bounded part of it, the outermost first. Who
 * reported somebody, and which moderator deals with a report, is private, and left out: finding would be telling.
 */
import { isObject, originOf } from "./envelope.ts";

const MOST_VALUES = 20_000;
const MOST_PEOPLE = 64;
const LONGEST_USERNAME = 128;
const LONGEST_HOST = 255;

const privateKeys: ReadonlySet<string> = new Set(["reporter", "assignee", "resolver", "moderator"]);

/**
 * @param json a parsed delivery, anything at all; one that fits no schema, too
 * @param host the sending server's host, where the delivery does not say it
 * @returns handles such as `alice@example.tld`, each once; a user of the sending server also as `alice`
 */
export function peopleOf(json: unknown, host?: string): readonly string[] {
  const server = isObject(json) && typeof json["server"] === "string" ? originOf(json["server"]) : undefined;
  const own = server === undefined ? host : new URL(server).host;
  const people = new Set<string>();
  // Breadth first: an event's own people before those of notes quoted deep inside it.
  let level: unknown[] = [json];
  let seen = 0;
  while (level.length > 0) {
    const below: unknown[] = [];
    for (const value of level) {
      if (isObject(value)) addUser(people, value, own);
      if (people.size >= MOST_PEOPLE) return [...people].slice(0, MOST_PEOPLE);
      for (const inner of childrenOf(value)) {
        if ((seen += 1) > MOST_VALUES) return [...people];
        below.push(inner);
      }
    }
    level = below;
  }
  return [...people];
}

/**
 * The one way in which handles are written for comparing: without the first `@`, in lower case, the host as in a
 * URL (Punycode).
 *
 * @param username of any case
 * @param host null for a user of the sending server
 * @returns undefined for what cannot be a handle: too long, or with spaces or `@` in it
 */
export function handleOf(username: string, host: string | null | undefined): string | undefined {
  if (!isPart(username, LONGEST_USERNAME)) return undefined;
  if (host === null || host === undefined) return username.toLowerCase();
  if (!isPart(host, LONGEST_HOST)) return undefined;
  const url = `http://${host}`;
  return `${username.toLowerCase()}@${URL.canParse(url) ? new URL(url).host : host.toLowerCase()}`;
}

/**
 * @param text `@alice@example.tld`, `alice@example.tld`, `@alice` or `alice`
 * @returns the handle as `peopleOf` writes it; undefined if it is none
 */
export function readHandle(text: string): string | undefined {
  const [username = "", ...hosts] = text.trim().replace(/^@/u, "").split("@");
  return hosts.length > 1 ? undefined : handleOf(username, hosts[0]);
}

function addUser(people: Set<string>, value: Record<string, unknown>, own: string | undefined): void {
  const { username, host } = value as { username?: unknown; host?: unknown };
  if (typeof username !== "string") return;
  if (typeof host === "string") return add(people, handleOf(username, host));
  if (own !== undefined) add(people, handleOf(username, own));
  add(people, handleOf(username, null));
}

function add(people: Set<string>, handle: string | undefined): void {
  if (handle !== undefined) people.add(handle);
}

function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length > MOST_VALUES ? value.slice(0, MOST_VALUES) : value;
  if (!isObject(value)) return [];
  const children: unknown[] = [];
  for (const key in value) {
    const inner = value[key];
    if (typeof inner === "object" && inner !== null && !privateKeys.has(key)) children.push(inner);
  }
  return children;
}

function isPart(text: string, longest: number): boolean {
  return text.length > 0 && text.length <= longest && !/[\s@\p{C}]/u.test(text);
}
