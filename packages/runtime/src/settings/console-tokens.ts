/**
 * Reads `CONSOLE_TOKENS`.
 *
 * | entry | who | may |
 * |---|---|---|
 * | `mio:8c1f…` | mio | everything |
 * | `ren:77ab…:readonly` | ren | look, without private content |
 */
import type { Mistake } from "./mistakes.ts";

/** Who may use the console, by which token. */
export interface ConsoleToken {
  readonly name: string;
  readonly token: string;
  readonly readonly: boolean;
}

const SETTING = "CONSOLE_TOKENS";
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
/** What can stand in a header and in a form without being changed on the way. */
const TOKEN = /^[\x21-\x7e]+$/;
const SHORTEST = 16;

/**
 * @param text entries with commas between; white space around one is dropped
 * @returns the tokens that are right, and every mistake; none of them holds a token
 */
export function readConsoleTokens(text: string): {
  readonly tokens: readonly ConsoleToken[];
  readonly mistakes: readonly Mistake[];
} {
  const tokens: ConsoleToken[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, part] of text.split(",").entries()) {
    const where = `entry ${index + 1}`;
    const read = readEntry(part.trim(), where);
    if ("mistake" in read) mistakes.push(read.mistake);
    else if (tokens.some(({ name }) => name === read.name))
      mistakes.push(wrong(`names "${read.name}" twice (${where})`, "Give each person one token."));
    else if (tokens.some(({ token }) => token === read.token))
      mistakes.push(wrong(`gives a token to two people (${where})`, "Give each person one of their own."));
    else tokens.push(read);
  }
  return { tokens, mistakes };
}

function readEntry(entry: string, where: string): ConsoleToken | { readonly mistake: Mistake } {
  const form = "Write name:token, or name:token:readonly, with commas between.";
  const fail = (problem: string, fix: string): { mistake: Mistake } => ({ mistake: wrong(problem, fix) });
  const [name = "", token, right, ...rest] = entry.split(":");
  if (entry === "") return fail(`has an empty entry (${where})`, form);
  if (token === undefined) return fail(`has an entry without a name (${where})`, form);
  if (!NAME.test(name))
    return fail(`has a name that is none (${where})`, "Use 1 to 32 of a-z, 0-9 and -, no - first.");
  if (rest.length > 0 || (right !== undefined && right !== "readonly"))
    return fail(
      `says something else than "readonly" after the token of "${name}" (${where})`,
      `${form} A token holds no colon.`,
    );
  if (token.length < SHORTEST)
    return fail(
      `has a token of ${token.length} characters for "${name}" (${where})`,
      `Use ${SHORTEST} or more, such as what \`openssl rand -hex 20\` prints.`,
    );
  if (!TOKEN.test(token))
    return fail(
      `has a token with characters that a header cannot carry for "${name}" (${where})`,
      "Use letters, digits and signs of ASCII, no spaces.",
    );
  return { name, token, readonly: right === "readonly" };
}

function wrong(problem: string, fix: string): Mistake {
  return { setting: SETTING, problem, fix };
}
