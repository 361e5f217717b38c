/** How a user is named in a sentence. */
import type { UserLite } from "../user.ts";
import { oneLine } from "./one-line.ts";

const LONGEST_NAME = 50;
const LONGEST_HANDLE_PART = 100;

export interface Person {
  /** The display name, absent where the user has set none. */
  readonly name?: string;
  /** `@alice@example.tld`; without host where nobody told it. */
  readonly handle: string;
}

/**
 * @param user the user; the name is of the user's own making
 * @param server origin of the server that sent the event, which is where a user without host lives
 */
export function personOf(user: UserLite, server: string | undefined): Person {
  const host = user.host ?? server?.replace(/^https?:\/\//u, "");
  const local = `@${oneLine(user.username, LONGEST_HANDLE_PART)}`;
  const handle = host === undefined ? local : `${local}@${oneLine(host, LONGEST_HANDLE_PART)}`;
  const name = oneLine(user.name ?? "", LONGEST_NAME);
  return name === "" ? { handle } : { name, handle };
}
