/** Ingest's settings and its hooks in one go, so that the mistakes of both are told together. */
import type { EnvironmentOptions } from "../environment.ts";
import { collectHooks, type ParsedHooks } from "../hooks/parse.ts";
import { type IngestSettings, ingestSettings } from "./catalogues.ts";
import { collectSettings } from "./load.ts";
import { type Mistake, SettingsError } from "./mistakes.ts";

export interface LoadedIngest extends ParsedHooks {
  /** Without the text of `MISSKEY_HOOK_SECRETS`: it would stay in memory as long as they do. */
  readonly settings: Omit<IngestSettings, "hookSecrets">;
}

/**
 * @throws SettingsError with every mistake; no hook at all is one, as every delivery would then be answered 401, and
 *   Misskey gives up on that
 */
export function loadIngestSettings(options: EnvironmentOptions = {}): LoadedIngest {
  const collected = collectSettings(ingestSettings, options);
  const { mistakes: hookMistakes, ...parsed } = collectHooks(collected.partial);
  const mistakes = [...collected.mistakes, ...hookMistakes];
  const aboutHooks = mistakes.some(({ setting }) => /^MISSKE\w+_HOOK/.test(setting));
  if (parsed.hooks.length === 0 && !aboutHooks) mistakes.push(noHooks);
  if (mistakes.length > 0 || collected.settings === undefined) throw new SettingsError(mistakes);
  const { hookSecrets: _, ...settings } = collected.settings;
  return { settings: Object.freeze(settings), ...parsed };
}

const noHooks: Mistake = {
  setting: "MISSKEY_HOOK_SECRETS",
  problem: "is not set, and MISSKEEP_HOOKS_FILE gives no hook either, so nothing could be accepted",
  fix: "Set it to the secret that you entered in Misskey.",
};
