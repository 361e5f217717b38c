/**
 * Reads `MISSKEY_HOOK_SECRETS`.
 *
 * | entry | hook | secret |
 * |---|---|---|
 * | `mods=abc` | mods | `abc` |
 * | `mods=abc=` | mods | `abc=` |
 * | `abc` | default | `abc` |
 * | `Mods=abc` | default | all of it: not a name |
 * | `abc=`, `abc==` | default | all of it, as Base64 ends like that |
 */
import { DEFAULT_HOOK } from "./hook.ts";
import type { SecretEntry } from "./entry.ts";

const SETTING = "MISSKEY_HOOK_SECRETS";
const NAMED = /^([a-z][a-z0-9-]{0,31})=([^=].*)$/su;
const NAME_ONLY = /^[a-z][a-z0-9-]{0,31}=$/;

/** @returns one entry per secret, in the order written; empty ones too, for the caller to refuse */
export function readHookSecrets(text: string): readonly SecretEntry[] {
  return text.split(",").map((part, index) => {
    const entry = part.replace(/^[ \t]+|[ \t]+$/g, "");
    const where = `entry ${index + 1}`;
    const [, name, secret] = NAMED.exec(entry) ?? [];
    if (name !== undefined && secret !== undefined) return { setting: SETTING, where, name, secret };
    const plain = { setting: SETTING, where, name: DEFAULT_HOOK, secret: entry };
    if (!NAME_ONLY.test(entry)) return plain;
    return {
      ...plain,
      warning: `${SETTING}, ${where}: looks like a name without a secret; it is taken as a secret of "${DEFAULT_HOOK}".`,
    };
  });
}
