/**
 * What can be a secret.
 *
 * | in it | |
 * |---|---|
 * | space or tab at an end | dropped: HTTP drops it on the way |
 * | nothing | mistake |
 * | a character above U+00FF, a control character, a line end | mistake: Misskey's HTTP client refuses to send it |
 * | fewer than 12 characters | warning: it can be guessed |
 */
import type { Mistake } from "../settings/mistakes.ts";

/** Node's own rule for header values (`lib/_http_common.js`, checkInvalidHeaderChar), which Misskey's sender meets. */
const DELIVERABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

const SHORT = 12;

export type CheckedSecret =
  { readonly secret: string; readonly short: boolean } | { readonly mistake: Mistake };

/**
 * @param text the secret as configured
 * @param setting the setting that it stands in
 * @param where which one it is, without saying it: `entry 2`
 */
export function checkSecret(text: string, setting: string, where: string): CheckedSecret {
  const secret = text.replace(/^[ \t]+|[ \t]+$/g, "");
  const wrong = (problem: string, fix: string): CheckedSecret => ({ mistake: { setting, problem, fix } });
  if (secret === "") return wrong(`has an empty secret (${where})`, "Give it a value, or remove it.");
  if (!DELIVERABLE.test(secret)) {
    return wrong(
      `has a secret with characters that Misskey cannot send (${where})`,
      "Use letters, digits and signs of Latin-1 only, in Misskey too; no line ends.",
    );
  }
  return { secret, short: secret.length < SHORT };
}
