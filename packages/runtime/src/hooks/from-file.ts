/** Reads `MISSKEEP_HOOKS_FILE`: `{"hooks":[{"name","secrets":[…],"server"?,"hookId"?}]}`. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Mistake } from "../settings/mistakes.ts";
import { HOOK_NAME } from "./hook.ts";
import type { HookPins, SecretEntry } from "./entry.ts";

const SETTING = "MISSKEEP_HOOKS_FILE";

const hooksFile = z.strictObject({
  hooks: z.array(
    z.strictObject({
      name: z.string().regex(HOOK_NAME, "must be a lower-case letter, then up to 31 of a-z, 0-9 and -"),
      secrets: z.array(z.string()).min(1, "must hold at least one secret"),
      server: z
        .url({ protocol: /^https?$/, error: "must be a URL, https://misskey.example" })
        .transform((url) => new URL(url).origin)
        .optional(),
      hookId: z.string().min(1, "must not be empty").optional(),
    }),
  ),
});

export interface HooksFileContent {
  readonly entries: readonly SecretEntry[];
  readonly pins: readonly HookPins[];
  readonly mistakes: readonly Mistake[];
}

/** Mistakes name places in the file, never what stands there. */
export function readHooksFile(path: string): HooksFileContent {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // The message of a JSON error quotes the file, and with it a secret.
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    const problem = error instanceof SyntaxError ? "which is not JSON" : `which cannot be read${code}`;
    return failed([
      { setting: SETTING, problem: `points to ${path}, ${problem}`, fix: "Correct the file or the path." },
    ]);
  }

  const parsed = hooksFile.safeParse(content);
  if (!parsed.success) {
    return failed(
      parsed.error.issues.map((issue) => ({
        setting: SETTING,
        problem: `is wrong at ${issue.path.join(".") || "its top"}: ${issue.message}`,
        fix: 'It looks like {"hooks":[{"name":"mods","secrets":["…"]}]}.',
      })),
    );
  }
  const { hooks } = parsed.data;
  return {
    entries: hooks.flatMap(({ name, secrets }, hook) =>
      secrets.map((secret, index) => ({
        setting: SETTING,
        where: `hooks.${hook}.secrets.${index}`,
        name,
        secret,
      })),
    ),
    pins: hooks.map(({ name, server, hookId }) => ({ name, server, hookId })),
    mistakes: [],
  };
}

function failed(mistakes: readonly Mistake[]): HooksFileContent {
  return { entries: [], pins: [], mistakes };
}
