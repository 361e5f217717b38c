/**
 * Ingest's composition root: settings, connection, durability, spool, listeners, shutdown.
 *
 * | at the start, Redis | ingest |
 * |---|---|
 * | keeps what it acknowledges as `DURABILITY` demands | starts |
 * | keeps less | ends |
 * | is away, and was reached before with this data folder | starts, and spools |
 * | is away, and never was reached | ends: most likely its address is wrong |
 */
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { accept, ensureGroup } from "@misskeep/inbox";
import {
  connectRedis,
  type DurabilityReport,
  type Redis,
  RedisUnreachableError,
  requireDurability,
  waitUntilReady,
} from "@misskeep/redis";
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
import { nodeFs } from "./spool/file-system.ts";
import { makeFolderId, readFolderId } from "./spool/folder-id.ts";
import type { SpoolState } from "./spool/spool.ts";
import { startSpool } from "./spool/start-spool.ts";
import { tellAbsence } from "./tell-absence.ts";

const REDIS_START_MS = 10_000;
/** Longer than Misskey waits for an answer. */
const GRACE_MS = 6_000;

/** @returns undefined if Redis is away, as it may be: the spool is there */
async function findRedis(
  redis: Redis,
  { durability, folder, log }: { durability: "disk" | "second" | "none"; folder: string; log: Logger },
): Promise<DurabilityReport | undefined> {
  try {
    await waitUntilReady(redis, REDIS_START_MS);
    const found = await requireDurability(redis, durability);
    await ensureGroup(redis);
    await nameFolder(folder, log);
    return found;
  } catch (error) {
    if (!(error instanceof RedisUnreachableError)) throw error;
    const isKnown = await readFolderId(nodeFs, folder).catch(() => undefined);
    if (isKnown === undefined) throw error;
    log.error({ err: error }, "Redis is away; events go to the spool until it is back");
    return undefined;
  }
}

/** From now on, a start with this folder may find Redis away. */
async function nameFolder(folder: string, log: Logger): Promise<void> {
  try {
    if ((await readFolderId(nodeFs, folder)) === undefined) await makeFolderId(nodeFs, folder);
  } catch (error) {
    log.warn({ err: error, folder }, "the spool's folder cannot be written");
  }
}

async function start({ settings, hooks, warnings }: LoadedIngest, log: Logger): Promise<void> {
  for (const line of describeHooks(hooks).split("\n")) log.info(`hook ${line}`);
  for (const warning of warnings) log.warn(warning);

  const redis = connectRedis({
    url: settings.redisUrl,
    sentinels: settings.redisSentinels,
    sentinelMaster: settings.redisSentinelMaster,
    sentinelPassword: settings.redisSentinelPassword,
    role: "ingest",
    name: "misskeep-ingest",
  });
  const folder = join(settings.dataDir, "spool");
  const { durability } = settings;
  const found = await findRedis(redis, { durability, folder, log });
  tellAbsence(redis, log);

  const registry = createRegistry("ingest");
  const metrics = createMetrics(registry);
  const keeping = watchKeeping({ redis, wanted: durability, found, log });
  const spool = await startSpool({
    redis,
    folder,
    maxBytes: settings.spoolMaxBytes,
    accept: ({ delivery, identity }) =>
      accept(redis, delivery, identity, { windowMs: settings.idempotencyWindowMs }),
    keeping,
    metrics,
    log,
  });
  showKeeping(registry, keeping, spool);
  const { maxBodyBytes } = settings;
  const ingest = createIngest({
    hooks,
    redis,
    keeping,
    spool,
    accept: spool.accept,
    metrics,
    log,
    maxBodyBytes,
  });
  const stopWatching = watchEventLoop({ onBlocked: (ms) => log.warn({ ms }, "the event loop was blocked") });
  const internal = await serveInternal({
    port: settings.metricsPort,
    host: settings.metricsHost,
    registry,
    ready: () => {
      const details = { ...keeping.details(), spool: describeSpool(spool.state()) };
      const ready = details.reason === undefined || details.spool.refusal === null;
      return Promise.resolve({ ready, details });
    },
    log,
  });
  await ingest.app.listen({ port: settings.port, host: settings.host });
  const { port } = ingest.app.server.address() as AddressInfo;
  log.info(
    { port, address: settings.host, metricsPort: internal.port, durability: keeping.details().durability },
    "ready",
  );

  shutdownOn({
    timeoutMs: settings.shutdownTimeoutMs,
    log,
    async stop() {
      await ingest.stop(GRACE_MS);
      stopWatching();
      await spool.stop();
      await keeping.stop();
      await internal.close();
      redis.disconnect();
    },
  });
}

/** For people. */
function describeSpool({ files, bytes, oldestAt, aside, refusal }: SpoolState) {
  const oldestSeconds = oldestAt === undefined ? 0 : Math.max(Date.now() - oldestAt, 0) / 1_000;
  return { files, bytes, oldestSeconds, aside, refusal: refusal ?? null };
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
