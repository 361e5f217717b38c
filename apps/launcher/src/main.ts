/**
 * `npm start`'s composition root: Redis, ingest, worker and console in one terminal.
 *
 * At the first start it makes up a secret and writes it to `.env`; once ingest is ready it shows what to enter in
 * Misskey, and where the console is.
 */
import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";
import { join } from "node:path";
import { PrivateRedisError } from "@misskeep/private-redis";
import {
  childEnvironment,
  createLogger,
  exitOnSettingsError,
  findDotenvFile,
  findRoot,
  launcherSettings,
  type LauncherSettings,
  loadSettings,
  parseHooks,
  type ShutdownProcess,
  shutdownOn,
} from "@misskeep/runtime";
import { listenForAddress } from "./console-address.ts";
import { addGeneratedSecret } from "./env-file.ts";
import { instructions } from "./instructions.ts";
import { launch, type Launched } from "./launch.ts";
import { waitUntilIngestReady } from "./wait-until-ready.ts";

const APPS = ["ingest", "worker", "console"];
/** The rest is worth telling without it. */
const CONSOLE_START_MS = 15_000;
const root = findRoot();
const dotenvFile = findDotenvFile();

function load(): LauncherSettings {
  try {
    return loadSettings(launcherSettings);
  } catch (error) {
    return exitOnSettingsError(error);
  }
}

const first = load();
const isFirstStart = first.hookSecrets === undefined && first.hooksFile === undefined;
if (isFirstStart) await addGeneratedSecret(dotenvFile);
const settings = isFirstStart ? load() : first;
const log = createLogger({ app: "launcher", level: settings.logLevel });

const giveUp = new AbortController();
const consoleAddress = listenForAddress();
let launched: Launched | undefined;
let isHurried = false;
let isStopped = false;
const hurriedProcess: ShutdownProcess = {
  connected: process.connected,
  on: (event, listener) => process.on(event, listener),
  off: (event, listener) => process.off(event, listener),
  exit: (code) => {
    if (isStopped || !launched) process.exit(code);
    // The second Ctrl-C, or the time is up, while the stop is under way: end the apps, but still stop Redis. That
    // takes a moment only, and npm passes the same Ctrl-C on once more, so what comes after it changes nothing.
    if (isHurried) return;
    isHurried = true;
    launched.hurry();
    setTimeout(() => process.exit(code), 5_000);
  },
};
const shutdown = shutdownOn({
  signals: ["SIGINT", "SIGTERM", "SIGHUP"],
  // The apps use all of their time-out; what comes after them needs a little.
  timeoutMs: settings.shutdownTimeoutMs + 5_000,
  log,
  process: hurriedProcess,
  stop: async () => {
    giveUp.abort();
    await launched?.stop();
    isStopped = true;
  },
});

try {
  launched = await launch({
    redis:
      settings.redisSentinels === undefined
        ? {
            dataDir: settings.dataDir,
            env: { ...childEnvironment(), REDIS_URL: settings.redisUrl },
            announce: (line) => log.info(line),
            maxMemory: settings.redisMaxMemoryBytes,
          }
        : undefined,
    apps: APPS,
    spawnApp: (name, redisUrl) => {
      const app = spawn(process.execPath, [join(root, "apps", name, "dist/main.js")], {
        cwd: root,
        env: childEnvironment(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      });
      if (name === "console") consoleAddress.of(app);
      return app;
    },
    log,
    onHopeless: (reason) => {
      log.fatal(reason);
      void shutdown.shutdown("an app cannot start", 1);
    },
  });
} catch (error) {
  // Written for people: it lists the ways out.
  if (error instanceof PrivateRedisError) console.error(`\n${error.message}\n`);
  else log.fatal({ err: error }, "Misskeep cannot start");
  process.exit(1);
}

if (await waitUntilIngestReady(settings, giveUp.signal)) {
  const { port, publicUrl } = settings;
  const consoleUrl = await consoleAddress.wait(CONSOLE_START_MS, giveUp.signal);
  const text = instructions({
    port,
    publicUrl,
    secret: secretToShow(),
    secretPlace: secretPlace(),
    consoleUrl,
  });
  if (!giveUp.signal.aborted) console.log(`\n${text}\n`);
}

/** The only secret, where a person reads this and not a file that is kept. */
function secretToShow(): string | undefined {
  const secrets = parseHooks(settings).hooks.flatMap((hook) => hook.secrets);
  const isRead = process.stdout.isTTY || (isFirstStart && !fstatSync(1).isFile());
  return isRead && secrets.length === 1 ? secrets[0] : undefined;
}

function secretPlace(): string {
  return settings.hooksFile ?? `MISSKEY_HOOK_SECRETS, in the environment or in ${dotenvFile}`;
}
