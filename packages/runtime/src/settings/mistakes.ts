/** What is wrong with the settings, told so that it can be put right without reading the code. */

/** One mistake. Never holds the value of a secret. */
export interface Mistake {
  /** The name as it stands in the environment, `PORT`. */
  readonly setting: string;
  /** What was wrong, as the end of a sentence that begins with the name. */
  readonly problem: string;
  /** What to do about it. */
  readonly fix: string;
}

/** The sysexits code for a configuration error; a supervisor can tell it from a crash and not restart in a loop. */
export const EX_CONFIG = 78;

/** Thrown when settings cannot be used; carries every mistake, not the first one only. */
export class SettingsError extends Error {
  readonly code = "SETTINGS_INVALID";
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(formatMistakes(mistakes));
    this.name = "SettingsError";
    this.mistakes = mistakes;
  }
}

/** @returns the list that the start prints, one line per mistake */
function formatMistakes(mistakes: readonly Mistake[]): string {
  const title = mistakes.length === 1 ? "One setting is wrong:" : `${mistakes.length} settings are wrong:`;
  const lines = mistakes.map(({ setting, problem, fix }) => `  ${setting} ${problem}. ${fix}`);
  return [title, ...lines, "All settings are described in docs/settings.md."].join("\n");
}

/** What `exitOnSettingsError` needs of the process; tests pass their own. */
export interface ExitingProcess {
  readonly stderr: { write(text: string): unknown };
  exit(code: number): never;
}

/**
 * For the `catch` of a main.ts: prints the mistakes on stderr and exits with 78. Any other error is thrown on.
 */
export function exitOnSettingsError(error: unknown, self: ExitingProcess = process): never {
  if (!(error instanceof SettingsError)) throw error;
  self.stderr.write(`${error.message}\n`);
  return self.exit(EX_CONFIG);
}
