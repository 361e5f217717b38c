/**
 * The command's composition root. What a command does not need is not loaded: `misskeep --help` knows no Redis.
 */
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { fileURLToPath } from "node:url";
import type { Deps } from "./deps.ts";
import { run } from "./run.ts";
import { createTerminal } from "./terminal.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const load = async () => {
  const { cliSettings, loadSettings, parseHooks } = await import("@misskeep/runtime");
  return { settings: loadSettings(cliSettings), parseHooks };
};

const deps: Deps = {
  terminal: createTerminal(process),
  settings: async () => (await load()).settings,
  async hooks() {
    const { settings, parseHooks } = await load();
    return parseHooks(settings).hooks;
  },
  user: `${userName()}@${hostname()}`,
  self: [process.execPath, fileURLToPath(new URL("../bin/misskeep.js", import.meta.url))],
  now: Date.now,
};

const exitCode = await run(process.argv.slice(2), version, deps);
// Written before anything that still waits, such as a connection being tried, can hold the process.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
);
process.exit(exitCode);

/** In a container the user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody";
  }
}
