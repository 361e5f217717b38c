/** Settings that several apps share, each written down once. */
import { oneOf, path, port, duration, hostsAndPorts, text, url } from "./types.ts";
import { optionalSetting, setting } from "./setting.ts";

/** What is promised when an event is acknowledged; see design: `disk` > `second` > `none`. */
export type Durability = "disk" | "second" | "none";

const redisAddress = () => url(["redis:", "rediss:"], "redis://:password@redis.example:6379/0");
const redisUrlText =
  "The Redis (or Valkey) server, `redis://` or `rediss://`, with user, password and database where needed.";

const shared = {
  redisSentinels: optionalSetting("REDIS_SENTINELS", hostsAndPorts("redis-a:26379,redis-b:26379"), {
    describe:
      "Sentinels to ask for the Redis server, `host:port` with commas between. User, password, database and TLS (`rediss://`, for the sentinels too) still come from `REDIS_URL`; its host does not count.",
  }),
  redisSentinelMaster: setting("REDIS_SENTINEL_MASTER", text(), {
    describe: "The name under which the sentinels know the server. Used with `REDIS_SENTINELS` only.",
    default: "mymaster",
  }),
  redisSentinelPassword: optionalSetting("REDIS_SENTINEL_PASSWORD", text(), {
    describe:
      "The password of the sentinels themselves, where they have one. That of the server is in `REDIS_URL`.",
    secret: true,
  }),
  durability: setting("DURABILITY", oneOf<Durability>(["disk", "second", "none"]), {
    describe:
      "What an acknowledged event has at least survived: `disk` (written to disk before the answer), `second` (Redis writes to disk every second), `none`. A start that finds less fails.",
    default: "disk",
  }),
};

/** For the apps that need a Redis to be there. */
export const redisPart = {
  redisUrl: setting("REDIS_URL", redisAddress(), {
    describe: redisUrlText,
    default: "redis://127.0.0.1:6379",
    secret: true,
  }),
  ...shared,
};

/** For those that find or start the private one when nothing is set. */
export const optionalRedisPart = {
  redisUrl: optionalSetting("REDIS_URL", redisAddress(), {
    describe: `${redisUrlText} Without it \`npm start\` runs one of its own.`,
    secret: true,
  }),
  ...shared,
};

/** Where deliveries arrive. */
export const listenPart = {
  port: setting("PORT", port(), { describe: "The port on which ingest takes deliveries.", default: "3000" }),
  host: setting("HOST", text(), {
    describe:
      "The address on which ingest listens. `127.0.0.1` when a reverse proxy runs on the same machine.",
    default: "0.0.0.0",
  }),
  publicUrl: optionalSetting("PUBLIC_URL", url(["https:", "http:"], "https://hooks.example.tld"), {
    describe:
      "The address under which Misskey reaches ingest; only used to print what to paste into Misskey.",
  }),
};

/** The hooks and their secrets. */
export const hooksPart = {
  hookSecrets: optionalSetting("MISSKEY_HOOK_SECRETS", text(), {
    describe:
      "The secrets of the webhooks, with commas between. `name=secret` names the hook (`[a-z][a-z0-9-]{0,31}`); a secret without a name belongs to `default`. Repeat a name to give a hook several secrets, as while one is being changed. In `.env`, put the value in single quotes if it holds `#`. A secret that holds a comma belongs in `MISSKEEP_HOOKS_FILE`.",
    secret: true,
  }),
  hooksFile: optionalSetting("MISSKEEP_HOOKS_FILE", path(), {
    describe:
      'A JSON file with hooks, besides or instead of `MISSKEY_HOOK_SECRETS`: `{"hooks":[{"name":"mods","secrets":["…"],"server":"https://misskey.example","hookId":"…"}]}`. With `server` or `hookId`, a delivery that says otherwise goes to quarantine.',
  }),
};

/** What every long-running app has. */
export const processPart = (metricsPort: string) => ({
  metricsPort: setting("METRICS_PORT", port(), {
    describe:
      "The internal listener with `/metrics`, `/health` and `/ready`. If the port is taken, another one is used and a warning says which.",
    default: metricsPort,
  }),
  metricsHost: setting("METRICS_HOST", text(), {
    describe: "The address of the internal listener. Do not make it public.",
    default: "127.0.0.1",
  }),
  ...logPart,
  ...shutdownPart,
});

/** Every app has these. */
export const logPart = {
  envFile: optionalSetting("MISSKEEP_ENV_FILE", path(), {
    describe: "Another file to read settings from, in place of `.env` at the root.",
  }),
  logLevel: setting("LOG_LEVEL", oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]), {
    describe: "The least important lines that are logged.",
    default: "info",
  }),
};

export const shutdownPart = {
  shutdownTimeoutMs: setting("SHUTDOWN_TIMEOUT", duration(), {
    describe: "How long a stop may take before the process ends itself. Give your supervisor a little more.",
    default: "25s",
  }),
};

export const dataDirPart = {
  dataDir: setting("MISSKEEP_DATA_DIR", path(), {
    describe:
      "Where files are kept: the private Redis' data, ingest's spool, what was downloaded, the addresses of what runs.",
    default: ".misskeep",
  }),
};
