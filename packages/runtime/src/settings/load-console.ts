/** The console's settings and its tokens in one go, so that the mistakes of both are told together. */
import { isIPv4 } from "node:net";
import type { EnvironmentOptions } from "../environment.ts";
import { type ConsoleSettings, consoleSettings } from "./catalogues.ts";
import { type ConsoleToken, readConsoleTokens } from "./console-tokens.ts";
import { collectSettings } from "./load.ts";
import { type Mistake, SettingsError } from "./mistakes.ts";

export interface LoadedConsole {
  /** Without the text of `CONSOLE_TOKENS`: it would stay in memory as long as they do. */
  readonly settings: Omit<ConsoleSettings, "tokens">;
  /** Empty: nobody signs in, and whoever reaches it may do everything. Then it listens on loopback. */
  readonly tokens: readonly ConsoleToken[];
}

/** @throws SettingsError with every mistake; an address that others reach without a token is one */
export function loadConsoleSettings(options: EnvironmentOptions = {}): LoadedConsole {
  const collected = collectSettings(consoleSettings, options);
  const { tokens: text, host } = collected.partial as Partial<ConsoleSettings>;
  const { tokens, mistakes: tokenMistakes } =
    text === undefined ? { tokens: [], mistakes: [] } : readConsoleTokens(text);
  const mistakes = [...collected.mistakes, ...tokenMistakes];
  const aboutTokens = mistakes.some(({ setting }) => setting.startsWith("CONSOLE_TOKENS"));
  if (text === undefined && !aboutTokens && host !== undefined && !isLoopback(host))
    mistakes.push(open(host));
  if (mistakes.length > 0 || collected.settings === undefined) throw new SettingsError(mistakes);
  const { tokens: _, ...settings } = collected.settings;
  return { settings: Object.freeze(settings), tokens: Object.freeze(tokens) };
}

function open(host: string): Mistake {
  return {
    setting: "CONSOLE_TOKENS",
    problem: `is not set, and CONSOLE_HOST is "${host.slice(0, 60)}": whoever reaches that address could do everything`,
    fix: "Set CONSOLE_TOKENS=<your name>:<16 or more characters>, or let CONSOLE_HOST be 127.0.0.1.",
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}
