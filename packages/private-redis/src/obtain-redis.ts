import { totalmem } from "node:os";
import { adopt } from "./adopt.ts";
import { configText, newPassword, readRecord, urlOf, writeConfig, type RedisRecord } from "./config.ts";
import { startContainer } from "./docker.ts";
import { findServer } from "./find-server.ts";
import { openFolder, type RedisFolder } from "./folder.ts";
import { freePort, isFree } from "./free-port.ts";
import { alone, enter } from "./presence.ts";
import { startServer } from "./start-server.ts";
import { stopServer } from "./stop-server.ts";

export type RedisKind =
  "REDIS_URL" | "adopted" | "redis-server" | "valkey-server" | "docker" | "debian-package";

export interface ObtainOptions {
  /** Misskeep's data dir; the private Redis lives in `redis` inside. */
  readonly dataDir: string;
  /** Read for `REDIS_URL` and `PATH`, and handed to the programs that are started. */
  readonly env: NodeJS.ProcessEnv;
  /** Told, in a sentence, of what takes long or may surprise. */
  readonly announce: (line: string) => void;
  /** @default a quarter of the memory that this process may use, in bytes */
  readonly maxMemory?: number | string | undefined;
  /** @default 16 */
  readonly databases?: number | undefined;
  /** Where Debian's package is unpacked. @default `redis-package` in the data dir */
  readonly packageDir?: string | undefined;
}

export interface ObtainedRedis {
  readonly url: string;
  readonly kind: RedisKind;
  /**
   * Stops the private Redis and waits for its end; what it acknowledged is on disk. It is left running if another
   * process that obtained it still uses it. A Redis from `REDIS_URL` is not touched.
   */
  stop(): Promise<void>;
}

/**
 * Gives a Redis server: the one of `REDIS_URL`; else the private one that already runs on the data dir; else a newly
 * started private one: from PATH, in Docker, or from Debian's package. Starts on one data dir wait for each other, so
 * that never two servers run on it.
 *
 * @throws PrivateRedisError
 */
export async function obtainRedis(options: ObtainOptions): Promise<ObtainedRedis> {
  const given = options.env["REDIS_URL"];
  if (given) return { url: given, kind: "REDIS_URL", stop: async () => {} };
  const folder = await openFolder(options.dataDir);
  const presence = await enter(folder.inUse);
  const onWait = (): void => options.announce(`Another start is at work on ${folder.dir}; waiting for it.`);
  try {
    const { record, kind } = await alone(folder.starting, () => adoptOrStart(folder, options), onWait);
    const stop = async (): Promise<void> => {
      if (!(await presence.others())) await stopServer(folder, record);
      await presence.leave();
    };
    return { url: urlOf(record), kind, stop: () => alone(folder.starting, stop, onWait) };
  } catch (error) {
    await presence.leave();
    throw error;
  }
}

interface Running {
  readonly record: RedisRecord;
  readonly kind: RedisKind;
}

async function adoptOrStart(folder: RedisFolder, options: ObtainOptions): Promise<Running> {
  const maxMemory = options.maxMemory ?? quarterOfMemory();
  const old = await readRecord(folder);
  const adopted = await adopt(folder, old, { ...options, maxMemory });
  if (adopted) return { record: adopted, kind: "adopted" };
  const found = await findServer(options);
  const known = typeof old === "object" ? old : undefined;
  const limits = { maxMemory, databases: options.databases ?? 16 };
  for (let attempt = 1; ; attempt += 1) {
    const record = {
      // The same address as before, where it is free, keeps what people wrote down valid.
      port: known && attempt === 1 && (await isFree(known.port)) ? known.port : await freePort(),
      password: known?.password ?? newPassword(),
      inContainer: found.kind === "docker",
    };
    await writeConfig(folder, configText(folder, record, limits));
    try {
      if (found.kind === "docker") await startContainer(folder, record, options.env);
      else await startServer(found.program, folder, record);
      return { record, kind: found.kind };
    } catch (error) {
      // Between looking for a free port and listening on it, somebody else may take it.
      const portWasTaken = error instanceof Error && /address already in use/i.test(error.message);
      if (!portWasTaken || attempt === 3) throw error;
    }
  }
}

function quarterOfMemory(): number {
  // In a container the limit, not the machine's memory, is what there is. 0 and huge values mean: none.
  const limit = process.constrainedMemory() ?? 0;
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor(memory / 4);
}
