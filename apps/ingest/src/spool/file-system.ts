import { type FileHandle, mkdir, open, opendir, readFile, rename, rm } from "node:fs/promises";

/** What the spool needs of a disk, each call one step that can fail or be the last before a crash. */
export interface SpoolFs {
  /** @throws EEXIST */
  create(path: string): Promise<SpoolFile>;
  /** Replaces what has the name `to`. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes what was created, renamed and removed in a folder survive a power loss. */
  syncFolder(path: string): Promise<void>;
  read(path: string): Promise<Buffer>;
  /** Does not hold all the names at once: there may be a million. */
  list(folder: string): AsyncIterable<FolderEntry>;
  /** With those above it; an existing one is fine. */
  makeFolder(path: string): Promise<void>;
}

export interface SpoolFile {
  write(bytes: Buffer): Promise<void>;
  /** Makes what was written survive a power loss. After an error nothing is known, not even by a second call. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFile: boolean;
}

const NAMES_AT_ONCE = 500;

export const nodeFs: SpoolFs = {
  async create(path) {
    // Bodies are private; nobody but this user reads them.
    const handle = await open(path, "wx", 0o600);
    return {
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path),
  async syncFolder(path) {
    const handle: FileHandle = await open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  read: (path) => readFile(path),
  async *list(folder) {
    for await (const entry of await opendir(folder, { bufferSize: NAMES_AT_ONCE }))
      yield { name: entry.name, isFile: entry.isFile() };
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
};

/** The file is not there, or not any more. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
