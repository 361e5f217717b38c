import { createHash, timingSafeEqual } from "node:crypto";

/** Who may use the console, by which token. */
export interface ConsoleToken {
  readonly name: string;
  readonly token: string;
  /** May look, without private content, and change nothing. */
  readonly readonly: boolean;
}

/**
 * @returns a function that finds whose token a text is. It takes as long for a wrong text as for a right one: what is
 *   compared are digests, and always all of them.
 */
export function createTokenCheck(
  tokens: readonly ConsoleToken[],
): (text: string) => ConsoleToken | undefined {
  const known = tokens.map((each) => ({ each, digest: digestOf(each.token) }));
  return (text) => {
    const digest = digestOf(text);
    let found: ConsoleToken | undefined;
    for (const { each, digest: other } of known) if (timingSafeEqual(digest, other)) found = each;
    return found;
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
