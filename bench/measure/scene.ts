import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scene } from "../contestants/contestant.ts";
import { type Fsync, startRunRedis } from "../host/redis.ts";

export interface SceneOptions {
  readonly fsync: Fsync;
  readonly root: string;
  /** Bytes of Redis. @default a quarter of the machine's */
  readonly maxMemory?: number;
}

/** Runs something with a Redis and a folder of its own, that end with it. */
export async function withScene<T>(options: SceneOptions, run: (scene: Scene) => Promise<T>): Promise<T> {
  const redis = await startRunRedis(options.fsync, options.maxMemory);
  const folder = await mkdtemp(join(tmpdir(), "misskeep-bench-run-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await run({ redis, fsync: options.fsync, root: options.root, folder });
  } finally {
    process.off("exit", remove);
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
