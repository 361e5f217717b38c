/**
 * The worker's composition root: settings, processors, connection, durability, listeners, shutdown.
 */
import { hostname } from "node:os";
import { connectRedis, requireDurability, waitUntilReady } from "@misskeep/redis";
import {
  createLogger,
  createRegistry,
  exitOnSettingsError,
  loadSettings,
  type Logger,
  readValues,
  serveInternal,
  SettingsError,
  shutdownOn,
  version,
  watchEventLoop,
  type WorkerSettings,
  workerSettings,
} from "@misskeep/runtime";
import { type Choice, chooseProcessors } from "./choose-processors.ts";
import { loadExternalProcessors } from "./external-processors.ts";
import * as shipped from "./processors/index.ts";
import { startWorker } from "./start-worker.ts";

/** Redis may be starting too. */
const REDIS_WAIT_MS = 30_000;
/** What a stop needs after the last running job: hand-backs, signing off, closing connections. */
const STOP_RESERVE_MS = 4_000;
/** sysexits' EX_SOFTWARE: a supervisor starts the worker again. */
const ZOMBIE_EXIT = 70;

/** @throws SettingsError for settings of processors too; ExternalProcessorError */
async function choose(settings: WorkerSettings): Promise<Choice> {
  const external = settings.processorsDir ? await loadExternalProcessors(settings.processorsDir) : [];
  const all = [...Object.values(shipped), ...external];
  const values = readValues(all.flatMap(({ config }) => Object.keys(config.shape)));
  const choice = chooseProcessors(all, settings.processors, values);
  if (choice.mistakes.length > 0) throw new SettingsError(choice.mistakes);
  return choice;
}

async function start(settings: WorkerSettings, { on: chosen, off }: Choice, log: Logger): Promise<void> {
  for (const { name, why, partly } of off) log[partly ? "warn" : "info"]({ processor: name }, `off: ${why}`);
  const connect = (role: "command" | "worker", name: string): ReturnType<typeof connectRedis> =>
    connectRedis({
      url: settings.redisUrl,
      sentinels: settings.redisSentinels,
      sentinelMaster: settings.redisSentinelMaster,
      sentinelPassword: settings.redisSentinelPassword,
      role,
      name,
      onError: (err) => log.debug({ err }, "a connection to Redis failed"),
    });
  const redis = connect("command", "misskeep-worker");
  await waitUntilReady(redis, REDIS_WAIT_MS);
  const { level: durability } = await requireDurability(redis, settings.durability);

  const stops: (() => unknown)[] = [];
  const { shutdown } = shutdownOn({
    timeoutMs: settings.shutdownTimeoutMs,
    log,
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  });
  const registry = createRegistry("worker");
  const processors = chosen.map(({ processor }) => processor.name);
  const internal = await serveInternal({
    port: settings.metricsPort,
    host: settings.metricsHost,
    registry,
    ready: () => Promise.resolve({ ready: redis.status === "ready", details: { processors, durability } }),
    log,
  });
  stops.push(() => internal.close());
  const worker = await startWorker({
    redis,
    connect: (name) => connect("worker", name),
    chosen,
    off,
    limits: { maxAgeMs: settings.inboxMaxAgeMs, maxBytes: settings.inboxMaxBytes },
    alerts: {
      targets: {
        webhookUrl: settings.alertWebhookUrl,
        heartbeatUrl: settings.heartbeatUrl,
        consoleUrl: settings.consoleUrl,
      },
      durability: settings.durability,
    },
    about: { host: hostname(), pid: process.pid, version },
    log,
    registry,
    onZombie: (processor) => {
      log.error({ processor }, "a handler does not stop; this worker finishes its other jobs and restarts");
      void shutdown("a handler that does not stop", ZOMBIE_EXIT);
    },
  });
  stops.push(() => worker.stop(Math.max(settings.shutdownTimeoutMs - STOP_RESERVE_MS, 0)));
  stops.push(watchEventLoop({ onBlocked: worker.blocked }));
  log.info({ worker: worker.id, processors, metricsPort: internal.port, durability }, "ready");
}

function load(): WorkerSettings {
  try {
    return loadSettings(workerSettings);
  } catch (error) {
    return exitOnSettingsError(error);
  }
}

const settings = load();
const log = createLogger({ app: "worker", level: settings.logLevel });
try {
  await start(settings, await choose(settings), log);
} catch (error) {
  if (error instanceof SettingsError) exitOnSettingsError(error);
  log.fatal({ err: error }, "the worker could not start");
  process.exit(1);
}
