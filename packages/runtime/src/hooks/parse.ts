/**
 * Puts the hooks together from both places, and finds what would make them mean something else than intended: an
 * empty secret would let anyone in, a secret of two hooks could not tell which one a delivery belongs to.
 */
import { type Mistake, SettingsError } from "../settings/mistakes.ts";
import { readHooksFile } from "./from-file.ts";
import { readHookSecrets } from "./from-environment.ts";
import type { HookPins } from "./entry.ts";
import type { Hook } from "./hook.ts";
import { checkSecret } from "./secret.ts";

/** The two settings, as every catalogue with hooks has them. */
export interface HookSettings {
  readonly hookSecrets?: string | undefined;
  /** An absolute path. */
  readonly hooksFile?: string | undefined;
}

export interface ParsedHooks {
  /** In the order in which their names first appear; empty when neither setting is set. */
  readonly hooks: readonly Hook[];
  /** Sentences for the log; without secrets. */
  readonly warnings: readonly string[];
}

/**
 * @returns the hooks, deeply frozen, and what is allowed but unwise
 * @throws SettingsError with every mistake
 */
export function parseHooks(settings: HookSettings): ParsedHooks {
  const { mistakes, ...parsed } = collectHooks(settings);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return parsed;
}

/** As `parseHooks`, for a caller that has mistakes of its own to add. */
export function collectHooks(
  settings: HookSettings,
): ParsedHooks & { readonly mistakes: readonly Mistake[] } {
  const fromEnvironment = settings.hookSecrets === undefined ? [] : readHookSecrets(settings.hookSecrets);
  const fromFile =
    settings.hooksFile === undefined
      ? { entries: [], pins: [], mistakes: [] }
      : readHooksFile(settings.hooksFile);

  const mistakes: Mistake[] = [...fromFile.mistakes];
  const warnings: string[] = [];
  const secretsOf = new Map<string, Set<string>>();
  const ownerOf = new Map<string, string>();
  for (const entry of [...fromEnvironment, ...fromFile.entries]) {
    const checked = checkSecret(entry.secret, entry.setting, entry.where);
    if ("mistake" in checked) {
      mistakes.push(checked.mistake);
      continue;
    }
    const owner = ownerOf.get(checked.secret) ?? entry.name;
    if (owner !== entry.name) {
      const problem = `gives the same secret to "${owner}" and to "${entry.name}" (${entry.where})`;
      mistakes.push({ setting: entry.setting, problem, fix: "Give each hook a secret of its own." });
      continue;
    }
    ownerOf.set(checked.secret, entry.name);
    secretsOf.set(entry.name, (secretsOf.get(entry.name) ?? new Set()).add(checked.secret));
    if (entry.warning !== undefined) warnings.push(entry.warning);
    if (checked.short) {
      warnings.push(
        `${entry.setting}, ${entry.where}: the secret has only ${checked.secret.length} characters; whoever guesses it can send events. Use 12 or more.`,
      );
    }
  }

  const pins = mergePins(fromFile.pins, mistakes);
  const hooks = [...secretsOf].map(([name, secrets]): Hook => {
    const { server, hookId } = pins.get(name) ?? {};
    return Object.freeze({
      name,
      secrets: Object.freeze([...secrets]),
      ...(server !== undefined && { server }),
      ...(hookId !== undefined && { hookId }),
    });
  });
  return { hooks: Object.freeze(hooks), warnings, mistakes };
}

/** A name may stand in the file twice, as long as it is not pinned to two things. */
function mergePins(all: readonly HookPins[], mistakes: Mistake[]): ReadonlyMap<string, HookPins> {
  const merged = new Map<string, HookPins>();
  for (const pins of all) {
    const before = merged.get(pins.name);
    for (const pin of ["server", "hookId"] as const) {
      if (before?.[pin] !== undefined && pins[pin] !== undefined && before[pin] !== pins[pin]) {
        mistakes.push({
          setting: "MISSKEEP_HOOKS_FILE",
          problem: `pins "${pins.name}" to two values of ${pin}`,
          fix: "Keep one, or give the second hook a name of its own.",
        });
      }
    }
    merged.set(pins.name, {
      name: pins.name,
      server: pins.server ?? before?.server,
      hookId: pins.hookId ?? before?.hookId,
    });
  }
  return merged;
}
