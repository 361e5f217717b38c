/** The console's composition root: settings, connection, listeners, shutdown. */
import { fileURLToPath } from "node:url";
import type { AddressInfo } from "node:net";
import { openContext } from "@misskeep/operations";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import {
  createLogger,
  createRegistry,
  exitOnSettingsError,
  type LoadedConsole,
  loadConsoleSettings,
  type Logger,
  serveInternal,
  shutdownOn,
} from "@misskeep/runtime";
import { createConsole } from "./app.ts";
import { listen } from "./listen.ts";
import { logAbsence } from "./log-absence.ts";
import { createMetrics } from "./metrics.ts";

const REDIS_START_MS = 10_000;
const GRACE_MS = 5_000;

async function start({ settings, tokens }: LoadedConsole, log: Logger): Promise<void> {
  const redis = connectRedis({
    url: settings.redisUrl,
    sentinels: settings.redisSentinels,
    sentinelMaster: settings.redisSentinelMaster,
    sentinelPassword: settings.redisSentinelPassword,
    role: "command",
    name: "misskeep-console",
  });
  await waitUntilReady(redis, REDIS_START_MS);
  const onError = logAbsence(redis, log);
  const context = openContext(redis, onError);
  const registry = createRegistry("console");
  const console = await createConsole({
    context,
    tokens,
    durability: settings.durability,
    // Beside this file where it is built, and beside its folder where it is not.
    pageFolder: fileURLToPath(new URL("../dist/web", import.meta.url)),
    metrics: (viewers) => createMetrics(registry, viewers),
    log,
  });
  const internal = await serveInternal({
    port: settings.metricsPort,
    host: settings.metricsHost,
    registry,
    ready: () => Promise.resolve({ ready: redis.status === "ready", details: { redis: redis.status } }),
    log,
  });
  await listen(console.app, settings, log);
  const { port } = console.app.server.address() as AddressInfo;
  const people = tokens.map(({ name, readonly }) => (readonly ? `${name} (only looks)` : name));
  log.info({ port, address: settings.host, metricsPort: internal.port, people }, "ready");
  // For the launcher, which tells people where to look.
  process.send?.({ consoleUrl: toUrl(settings.host, port) });

  shutdownOn({
    timeoutMs: settings.shutdownTimeoutMs,
    log,
    async stop() {
      await console.stop(GRACE_MS);
      await internal.close();
      await context.queues.close();
      redis.disconnect();
    },
  });
}

/** As a browser on this machine opens it. */
function toUrl(host: string, port: number): string {
  const isAnywhere = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host);
  return `http://${isAnywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

function load(): LoadedConsole {
  try {
    return loadConsoleSettings();
  } catch (error) {
    return exitOnSettingsError(error);
  }
}

const loaded = load();
const log = createLogger({ app: "console", level: loaded.settings.logLevel });
try {
  await start(loaded, log);
} catch (error) {
  log.fatal({ err: error }, "the console could not start");
  process.exit(1);
}
