/**
 * Ingest's composition root: settings, connection, durability, listeners, shutdown.
 *
 * It starts only with a Redis that keeps what it acknowledges as `DURABILITY` demands.
 */
import type { AddressInfo } from "node:net";
import { ensureGroup } from "@misskeep/inbox";
import { connectRedis, requireDurability, waitUntilReady } from "@misskeep/redis";
import {
  createLogger,
  createRegistry,
  describeHooks,
  exitOnSettingsError,
  type LoadedIngest,
  type Logger,
  loadIngestSettings,
  serveInternal,
  shutdownOn,
  watchEventLoop,
} from "@misskeep/runtime";
import { createIngest } from "./app.ts";
import { watchKeeping } from "./keeping.ts";
import { createMetrics, showKeeping } from "./metrics.ts";

const REDIS_START_MS = 10_000;
/** Longer than Misskey waits for an answer. */
const GRACE_MS = 6_000;

async function start({ settings, hooks, warnings }: LoadedIngest, log: Logger): Promise<void> {
  for (const line of describeHooks(hooks).split("\n")) log.info(`hook ${line}`);
  for (const warning of warnings) log.warn(warning);

  const redis = connectRedis({
    url: settings.redisUrl,
    sentinels: settings.redisSentinels,
    sentinelMaster: settings.redisSentinelMaster,
    role: "ingest",
    name: "misskeep-ingest",
  });
  await waitUntilReady(redis, REDIS_START_MS);
  const found = await requireDurability(redis, settings.durability);
  await ensureGroup(redis);

  const registry = createRegistry("ingest");
  const keeping = watchKeeping({ redis, wanted: settings.durability, found, log });
  showKeeping(registry, keeping);
  const ingest = createIngest({
    hooks,
    redis,
    keeping,
    metrics: createMetrics(registry),
    log,
    maxBodyBytes: settings.maxBodyBytes,
    windowMs: settings.idempotencyWindowMs,
  });
  const stopWatching = watchEventLoop({ onBlocked: (ms) => log.warn({ ms }, "the event loop was blocked") });
  const internal = await serveInternal({
    port: settings.metricsPort,
    host: settings.metricsHost,
    registry,
    ready: () => {
      const details = keeping.details();
      return Promise.resolve({ ready: details.reason === undefined, details });
    },
    log,
  });
  await ingest.app.listen({ port: settings.port, host: settings.host });
  const { port } = ingest.app.server.address() as AddressInfo;
  log.info({ port, address: settings.host, metricsPort: internal.port, durability: found.level }, "ready");

  shutdownOn({
    timeoutMs: settings.shutdownTimeoutMs,
    log,
    async stop() {
      await ingest.stop(GRACE_MS);
      stopWatching();
      await keeping.stop();
      await internal.close();
      redis.disconnect();
    },
  });
}

function load(): LoadedIngest {
  try {
    return loadIngestSettings();
  } catch (error) {
    return exitOnSettingsError(error);
  }
}

const loaded = load();
const log = createLogger({ app: "ingest", level: loaded.settings.logLevel });
try {
  await start(loaded, log);
} catch (error) {
  log.fatal({ err: error }, "ingest could not start");
  process.exit(1);
}
