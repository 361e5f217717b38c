import { hostname } from "node:os";
import { checkDurability, connectRedis, isAtLeast, waitUntilReady } from "@misskeep/redis";
import {
  createLogger,
  createRegistry,
  exitOnSettingsError,
  loadSettings,
  readValues,
  serveInternal,
  SettingsError,
  shutdownOn,
  version,
  watchEventLoop,
  workerSettings,
} from "@misskeep/runtime";
import { chooseProcessors } from "./choose-processors.ts";
import { loadExternalProcessors } from "./external-processors.ts";
import { shippedProcessors } from "./processors/index.ts";
import { startWorker } from "./start-worker.ts";

/** Redis may be starting too. */
const REDIS_WAIT_MS = 30_000;
/** What a stop needs after the last running job: hand-backs, signing off, closing connections. */
const STOP_RESERVE_MS = 4_000;

async function main(): Promise<void> {
  const settings = loadSettings(workerSettings);
  const log = createLogger({ app: "worker", level: settings.logLevel });
  const external = settings.processorsDir ? await loadExternalProcessors(settings.processorsDir) : [];
  const all = [...shippedProcessors, ...external];
  const values = readValues(all.flatMap(({ config }) => Object.keys(config.shape)));
  const { on: chosen, off, mistakes } = chooseProcessors(all, settings.processors, values);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  for (const { name, why } of off) log.info({ processor: name }, `off: ${why}`);

  const address = {
    url: settings.redisUrl,
    sentinels: settings.redisSentinels,
    sentinelMaster: settings.redisSentinelMaster,
  };
  const connect = (role: "command" | "worker", name: string): ReturnType<typeof connectRedis> =>
    connectRedis({
      ...address,
      role,
      name,
      onError: (err) => log.debug({ err }, "a connection to Redis failed"),
    });

  const redis = connect("command", "misskeep-worker");
  await waitUntilReady(redis, REDIS_WAIT_MS);
  const durability = await checkDurability(redis);
  if (!isAtLeast(durability.level, settings.durability)) {
    log.fatal(
      { code: "DURABILITY_TOO_LOW", level: durability.level, findings: durability.findings },
      `Redis gives durability "${durability.level}"; DURABILITY asks for "${settings.durability}"`,
    );
    process.exitCode = 1;
    redis.disconnect();
    return;
  }

  const registry = createRegistry("worker");
  const about = { host: hostname(), pid: process.pid, version };
  const limits = { maxAgeMs: settings.inboxMaxAgeMs, maxBytes: settings.inboxMaxBytes };
  const worker = await startWorker({
    redis,
    connect: (name) => connect("worker", name),
    chosen,
    limits,
    about,
    log,
    registry,
    onZombie: (processor) => {
      log.error(
        { processor },
        "a handler did not stop when told to; this worker finishes its jobs and restarts",
      );
      void shutdown("a handler that does not stop", 70);
    },
  });
  const stopWatching = watchEventLoop({ onBlocked: worker.blocked });
  const internal = await serveInternal({
    port: settings.metricsPort,
    host: settings.metricsHost,
    registry,
    ready: async () => ({
      ready: true,
      details: { processors: chosen.map(({ processor }) => processor.name) },
    }),
    log,
  });
  const { shutdown } = shutdownOn({
    timeoutMs: settings.shutdownTimeoutMs,
    log,
    stop: async () => {
      await worker.stop(Math.max(settings.shutdownTimeoutMs - STOP_RESERVE_MS, 0));
      stopWatching();
      await internal.close();
    },
  });
  log.info(
    {
      worker: worker.id,
      processors: chosen.map(({ processor }) => processor.name),
      metricsPort: internal.port,
    },
    "ready",
  );
}

await main().catch(exitOnSettingsError);
