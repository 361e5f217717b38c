import { expect, test } from "vitest";
import type { Environment } from "../environment.ts";
import { loadConsoleSettings } from "./load-console.ts";
import { SettingsError } from "./mistakes.ts";

const load = (env: Environment) => loadConsoleSettings({ env, dotenvFile: false });
const A = "aaaaaaaaaaaaaaaa";
const B = "bbbbbbbbbbbbbbbb";

function mistakesOf(env: Environment): string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.map(({ problem }) => problem);
    throw error;
  }
  return [];
}

test("without tokens it listens on loopback", () => {
  expect(load({})).toMatchObject({
    settings: { port: 3001, host: "127.0.0.1", metricsPort: 9466 },
    tokens: [],
  });
});

test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])("%s is loopback", (host) => {
  expect(mistakesOf({ CONSOLE_HOST: host })).toEqual([]);
});

test.each(["0.0.0.0", "::", "192.168.1.2", "127.example.tld", "console.example.tld", "::ffff:10.0.0.1"])(
  "%s without a token stops the start, and with one does not",
  (host) => {
    expect(mistakesOf({ CONSOLE_HOST: host })).toEqual([expect.stringContaining(host)]);
    expect(mistakesOf({ CONSOLE_HOST: host, CONSOLE_TOKENS: `mio:${A}` })).toEqual([]);
  },
);

test("names, tokens and the right to look only are read", () => {
  expect(load({ CONSOLE_TOKENS: `mio:${A}, ren-2:${B}:readonly` }).tokens).toEqual([
    { name: "mio", token: A, readonly: false },
    { name: "ren-2", token: B, readonly: true },
  ]);
});

test.each([
  [A, "without a name"],
  [`mio:${A},`, "empty entry (entry 2)"],
  [`Mio:${A}`, "a name that is none"],
  [`-mio:${A}`, "a name that is none"],
  [`:${A}`, "a name that is none"],
  ["mio:short", 'a token of 5 characters for "mio"'],
  ["mio:", 'a token of 0 characters for "mio"'],
  [`mio:${A}:admin`, 'something else than "readonly"'],
  [`mio:${A}:readonly:`, 'something else than "readonly"'],
  [`mio:${A}é`, "characters that a header cannot carry"],
  [`mio:aaaa aaaa aaaa aaaa`, "characters that a header cannot carry"],
  [`mio:${A},mio:${B}`, 'names "mio" twice'],
  [`mio:${A},ren:${A}`, "a token to two people"],
])("%j is a mistake: %s", (tokens, problem) => {
  expect(mistakesOf({ CONSOLE_TOKENS: tokens })).toEqual([expect.stringContaining(problem)]);
});

test("all mistakes are told together, none of them with a token", () => {
  const secret = "very-secret-thing";
  const mistakes = mistakesOf({
    CONSOLE_TOKENS: `Mio:${secret},ren:${secret}:all,${secret}`,
    CONSOLE_PORT: "x",
  });
  expect(mistakes).toHaveLength(4);
  expect(mistakes.join()).not.toContain(secret);
});
