import { createHash } from "node:crypto";
import { readHandle } from "@misskeep/schema";

/**
 * Stands for a person where they are not to be named: whoever knows the handle can find it, and nobody can read it.
 *
 * @param handle with or without the first `@`, in any case
 */
export function personDigest(handle: string): string {
  const digest = createHash("sha256").update(readHandle(handle) ?? handle);
  return `person:${digest.digest("hex").slice(0, 12)}`;
}

/** Stands for a text that somebody searched for: how long it is, and nothing of it. */
export function textDigest(text: string): string {
  return `${[...text].length} characters`;
}
