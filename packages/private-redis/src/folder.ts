import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a private Redis keeps what belongs to it. */
export interface RedisFolder {
  /** Redis' `dir`: its append-only files, absolute and without symbolic links, as `CONFIG GET dir` gives it. */
  readonly dir: string;
  /** The configuration that the server is started with, and the record of where it answers. */
  readonly config: string;
  readonly log: string;
  /** Redis' own Unix socket: whatever else is lost, a server that lives on the folder accepts here. */
  readonly socket: string;
  /** Presences of those that are starting a server right now. */
  readonly starting: string;
  /** Presences of those that use the server. */
  readonly inUse: string;
  /** Names the folder where a path cannot be used: a container, a short socket path. */
  readonly id: string;
}

// The address of a Unix socket holds 104 bytes on macOS, 108 on Linux.
const SOCKET_PATH_LIMIT = 100;

/** Makes the folder of the private Redis inside a data dir, readable by its owner only. */
export async function openFolder(dataDir: string): Promise<RedisFolder> {
  await mkdir(join(dataDir, "redis"), { recursive: true, mode: 0o700 });
  const dir = await realpath(join(dataDir, "redis"));
  const id = createHash("sha256").update(dir).digest("hex").slice(0, 12);
  const longest = join(dir, "starting", "00000000.sock");
  const sockets =
    Buffer.byteLength(longest) <= SOCKET_PATH_LIMIT ? dir : join(tmpdir(), `misskeep-redis-${id}`);
  const folder = {
    dir,
    config: join(dir, "redis.conf"),
    log: join(dir, "redis.log"),
    socket: join(sockets, "redis.sock"),
    starting: join(sockets, "starting"),
    inUse: join(sockets, "in-use"),
    id,
  };
  await mkdir(folder.starting, { recursive: true, mode: 0o700 });
  await mkdir(folder.inUse, { recursive: true, mode: 0o700 });
  return folder;
}
