import type { CommonOptions, Deps } from "./deps.ts";
import { CliError } from "./errors.ts";

export interface ConfirmOptions extends CommonOptions {
  readonly yes?: boolean;
}

/**
 * Asks before something that cannot simply be taken back.
 *
 * @param what will happen, as a sentence
 * @param typed what has to be typed in rather than "y": a count, for what loses something
 * @throws CliError `NEEDS_YES` where nobody can be asked, `NOT_CONFIRMED` if the answer is no
 */
export async function confirm(
  { terminal }: Deps,
  { yes, json }: ConfirmOptions,
  what: string,
  typed?: string,
): Promise<void> {
  if (yes) return;
  if (json || !terminal.interactive)
    throw new CliError("NEEDS_YES", `${what} Nothing was done: add --yes to do it.`, { exitCode: 2 });
  const answer = await terminal.ask(
    typed === undefined ? `${what} Go on? [y/N]` : `${what}\nType ${typed} to go on:`,
  );
  const isYes = typed === undefined ? /^y(es)?$/i.test(answer) : answer.replaceAll(",", "") === typed;
  if (!isYes) throw new CliError("NOT_CONFIRMED", "Nothing was done.");
}
