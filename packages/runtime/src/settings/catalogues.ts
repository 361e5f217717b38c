/** The settings of each app. One `.env` serves all of them, so a name means the same in every catalogue. */
import { freemem, totalmem } from "node:os";
import { z } from "zod";
import {
  dataDirPart,
  hooksPart,
  listenPart,
  logPart,
  optionalRedisPart,
  processPart,
  redisPart,
  shutdownPart,
} from "./parts.ts";
import { listSettings, optionalSetting, setting } from "./setting.ts";
import { duration, list, path, port, size, target, text, url } from "./types.ts";

/** How to reach Redis, and what it has to promise. */
export const redisSettings = z.object(redisPart);

export const ingestSettings = z.object({
  ...listenPart,
  ...hooksPart,
  ...redisPart,
  idempotencyWindowMs: setting("IDEMPOTENCY_WINDOW", duration(), {
    describe:
      "How long a delivery is remembered, so that a resend is not taken for a new event. An administrator of Misskey can resend for 7 days.",
    default: "8d",
  }),
  maxBodyBytes: setting("MAX_BODY_BYTES", size(), {
    describe:
      "The largest body that is taken; larger ones are answered 413, upon which Misskey gives up. Real ones of 1.2 MB were seen.",
    default: "8 MiB",
  }),
  ...dataDirPart,
  spoolMaxBytes: setting("SPOOL_MAX_BYTES", size(), {
    describe:
      "How much ingest keeps on disk, in the folder `spool` of `MISSKEEP_DATA_DIR`, while Redis cannot take events. Beyond it, deliveries are answered 503.",
    default: "1 GiB",
  }),
  ...processPart("9464"),
});

export const workerSettings = z.object({
  processors: optionalSetting(
    "WORKER_PROCESSORS",
    list(
      /^[a-z][a-z0-9-]*$/,
      "is not a list of processors",
      "Write their names with commas between: discord,relay.",
    ),
    {
      describe:
        "The processors that this worker runs, with commas between. Without it, all that are configured.",
    },
  ),
  processorsDir: optionalSetting("PROCESSORS_DIR", path(), {
    describe: "A folder with processors of your own, `.js` or `.mjs` files.",
  }),
  ...redisPart,
  inboxMaxAgeMs: setting("INBOX_MAX_AGE", duration(), {
    describe:
      "How long events stay in the inbox after they were dispatched, for looking them up and for backfills.",
    default: "7d",
  }),
  inboxMaxBytes: setting("INBOX_MAX_BYTES", size(), {
    describe: "How large the inbox may grow before older, dispatched events go earlier.",
    default: "128 MiB",
  }),
  alertWebhookUrl: optionalSetting("ALERT_WEBHOOK_URL", target("https://discord.com/api/webhooks/…"), {
    describe:
      "Where people are told what is wrong, and that it is solved: a webhook of Discord, Slack or whatever takes their JSON. See docs/alerts.md.",
    secret: true,
  }),
  heartbeatUrl: optionalSetting("HEARTBEAT_URL", target("https://hc-ping.com/…"), {
    describe:
      "Fetched each minute while all is well, so that a service which misses it tells people of the death of everything. See docs/alerts.md.",
    secret: true,
  }),
  consoleUrl: optionalSetting("CONSOLE_URL", url(["https:", "http:"], "https://misskeep.example.tld"), {
    describe: "The address under which people reach the console; alerts link to it.",
  }),
  ...processPart("9465"),
});

export const consoleSettings = z.object({
  port: setting("CONSOLE_PORT", port(), {
    describe: "The port of the console's page. If it is taken, another one is used and a warning says which.",
    default: "3001",
  }),
  host: setting("CONSOLE_HOST", text(), {
    describe: "The address on which the console listens. One that others reach needs `CONSOLE_TOKENS`.",
    default: "127.0.0.1",
  }),
  tokens: optionalSetting("CONSOLE_TOKENS", text(), {
    describe:
      "Who may use the console: `mio:<token>,ren:<token>:readonly`. A name is of a-z, 0-9 and -; a token has 16 characters or more. Who is `readonly` sees no private content and changes nothing. Without it, the console listens on loopback only and asks nobody who they are.",
    secret: true,
  }),
  ...redisPart,
  ...processPart("9466"),
});

export const cliSettings = z.object({
  ...optionalRedisPart,
  ...dataDirPart,
  ...hooksPart,
  ...listenPart,
  ...logPart,
});

export const launcherSettings = z.object({
  ...optionalRedisPart,
  ...dataDirPart,
  redisMaxMemoryBytes: setting("REDIS_MAX_MEMORY", size(), {
    describe: "How much memory the private Redis may use. From 80 % of it on, events go to the spool.",
    default: () => String(quarterOfMemory()),
    defaultText: "a quarter of RAM",
  }),
  ...hooksPart,
  ...listenPart,
  ...logPart,
  ...shutdownPart,
});

/** Every name that any app knows; a `MISSKEEP_…` that is not among them is a mistake. */
export function knownNames(): readonly string[] {
  const all = [ingestSettings, workerSettings, consoleSettings, cliSettings, launcherSettings].flatMap(
    listSettings,
  );
  const names = all.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env]));
  return [...new Set(names)];
}

/** A container's limit counts where there is one; `freemem` keeps a wrong reading of it from asking for nothing. */
function quarterOfMemory(): number {
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  return Math.max(Math.floor(total / 4), Math.min(64 * 1024 ** 2, freemem()));
}

export type RedisSettings = Readonly<z.infer<typeof redisSettings>>;
export type IngestSettings = Readonly<z.infer<typeof ingestSettings>>;
export type WorkerSettings = Readonly<z.infer<typeof workerSettings>>;
export type ConsoleSettings = Readonly<z.infer<typeof consoleSettings>>;
export type CliSettings = Readonly<z.infer<typeof cliSettings>>;
export type LauncherSettings = Readonly<z.infer<typeof launcherSettings>>;
