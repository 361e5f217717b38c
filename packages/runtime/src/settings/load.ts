/**
 * Settings are parsed once, at the start, into a frozen object. All mistakes are collected before it fails, so that
 * nobody has to start five times to learn of five mistakes.
 */
import { z } from "zod";
import { type Environment, type EnvironmentOptions, readEnvironment } from "../environment.ts";
import { knownNames } from "./catalogues.ts";
import { type Mistake, SettingsError } from "./mistakes.ts";
import { type Catalogue, listSettings, type SettingInfo } from "./setting.ts";
import { findUnknownNames } from "./unknown.ts";
import { findValue } from "./values.ts";

/**
 * @param catalogue which settings to read
 * @returns the settings, deeply frozen
 * @throws SettingsError with every mistake, unknown `MISSKEEP_…` names among them
 */
export function loadSettings<T extends Catalogue>(
  catalogue: T,
  options: EnvironmentOptions = {},
): Readonly<z.infer<T>> {
  const { settings, mistakes } = collectSettings(catalogue, options);
  if (mistakes.length > 0 || settings === undefined) throw new SettingsError(mistakes);
  return settings;
}

/** As `loadSettings`, for callers that have mistakes of their own to add. `settings` is absent if one is wrong. */
export function collectSettings<T extends Catalogue>(
  catalogue: T,
  options: EnvironmentOptions = {},
): {
  readonly settings?: Readonly<z.infer<T>>;
  readonly mistakes: readonly Mistake[];
  readonly partial: object;
} {
  let environment: Environment;
  try {
    environment = readEnvironment(options);
  } catch {
    const mistake = { setting: ".env", problem: "cannot be read", fix: "Correct its rights, or remove it." };
    return { mistakes: [mistake], partial: {} };
  }

  const partial: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const info of listSettings(catalogue)) {
    const found = findValue(environment, info.env, info.secret);
    if (found.mistake !== undefined) {
      mistakes.push(found.mistake);
      continue;
    }
    const parsed = z.safeParse(info.schema, found.text);
    if (parsed.success) partial[info.key] = parsed.data;
    else mistakes.push(...parsed.error.issues.map((issue) => toMistake(info, found.text, issue)));
  }
  mistakes.push(...findUnknownNames(environment, knownNames()));
  // Field by field above, so that one mistake does not hide another; the type is the object's own.
  return mistakes.length === 0
    ? { settings: deepFreeze(partial) as Readonly<z.infer<T>>, mistakes, partial }
    : { mistakes, partial };
}

/**
 * Reads the plain texts of some names, as `.env`, the environment and `<NAME>_FILE` give them: what a processor's own
 * `config` schema is then parsed from. An empty one is absent, which only means that the processor is off.
 * @throws SettingsError when one is set twice or its file cannot be read
 */
export function readValues(names: readonly string[], options: EnvironmentOptions = {}): Environment {
  const filled = Object.entries(readEnvironment(options)).filter(([, text]) => text?.trim() !== "");
  const environment = Object.fromEntries(filled);
  const found = names.map((name) => ({ name, ...findValue(environment, name, true) }));
  const mistakes = found.flatMap(({ mistake }) => mistake ?? []);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return Object.fromEntries(found.map(({ name, text }) => [name, text]));
}

function toMistake(info: SettingInfo, text: string | undefined, issue: z.core.$ZodIssue): Mistake {
  const params: unknown = "params" in issue ? issue.params : undefined;
  const fix =
    typeof params === "object" && params !== null && "fix" in params
      ? String(params.fix)
      : "See its description in docs/settings.md.";
  if (text === undefined) return { setting: info.env, problem: "is not set", fix };
  const shown = info.secret ? "has a value that" : `is "${text.slice(0, 60)}", which`;
  // Zod's own messages ("Invalid URL") are no sentences; ours are.
  const problem =
    issue.code === "custom" ? `${shown} ${issue.message}` : `${shown} is wrong: ${issue.message}`;
  return { setting: info.env, problem, fix };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
