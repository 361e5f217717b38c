import { hash, timingSafeEqual } from "node:crypto";

/** What is needed of a configured hook. */
export interface HookSecrets {
  readonly name: string;
  /** As configured: text in which each character is one Latin-1 byte. */
  readonly secrets: readonly string[];
}

/** Whose secret a delivery carried. */
export interface Authentic<Hook extends HookSecrets> {
  readonly hook: Omit<Hook, "secrets">;
  /** Which of the hook's secrets, from 1. */
  readonly secretNumber: number;
}

/** @returns undefined if the presented secret is none of the configured ones */
export type Authenticate<Hook extends HookSecrets> = (presented: string) => Authentic<Hook> | undefined;

/**
 * Compares a presented secret with all configured ones, always with all, and digests instead of secrets: the time it
 * takes tells nothing of any secret, of its length, or of which one matched.
 *
 * Misskey sends each character as one Latin-1 byte (`é` is E9, not C3 A9), and Node reads each byte of a header as
 * one character, so that both sides are the same text here. HTTP drops spaces and tabs at the ends of a value.
 *
 * No secret is kept, only its digest.
 *
 * @throws Error if a configured secret is empty or holds what no Latin-1 byte can say
 */
export function createAuthenticator<Hook extends HookSecrets>(hooks: readonly Hook[]): Authenticate<Hook> {
  const known = hooks.flatMap(({ secrets, ...hook }) =>
    secrets.map((secret, index) => {
      const trimmed = secret.replace(/^[ \t]+|[ \t]+$/g, "");
      if (trimmed === "" || !/^[\0-\xff]*$/.test(trimmed))
        throw new Error(`Secret ${index + 1} of hook "${hook.name}" is empty or cannot be sent in a header.`);
      return { digest: digestOf(trimmed), authentic: { hook, secretNumber: index + 1 } };
    }),
  );
  return (presented) => {
    const digest = digestOf(presented);
    let found: Authentic<Hook> | undefined;
    for (const candidate of known) {
      const equal = timingSafeEqual(digest, candidate.digest);
      found = equal ? candidate.authentic : found;
    }
    return found;
  };
}

function digestOf(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}
