import { createHash, timingSafeEqual } from "node:crypto";

/** Who may use the console, by which token. */
export interface ConsoleToken {
  readonly name: string;
  readonly token: string;
  /** May look, without private content, and change nothing. */
  readonly readonly: boolean;
}

/** One of them, as is kept in memory. */
export interface Person {
  readonly name: string;
  readonly readonly: boolean;
  /** Of the token. */
  readonly digest: Buffer;
}

export function toPeople(tokens: readonly ConsoleToken[]): readonly Person[] {
  return tokens.map(({ name, readonly, token }) => ({ name, readonly, digest: digestOf(token) }));
}

/**
 * @returns a function that finds whose token a text is. It takes as long for a wrong text as for a right one: what is
 *   compared are digests, and always all of them.
 */
export function createTokenCheck(people: readonly Person[]): (text: string) => Person | undefined {
  return (text) => {
    const digest = digestOf(text);
    let found: Person | undefined;
    for (const person of people) if (timingSafeEqual(digest, person.digest)) found = person;
    return found;
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
