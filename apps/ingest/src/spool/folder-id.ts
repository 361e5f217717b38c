import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { isMissing, type SpoolFs } from "./file-system.ts";
import { writeWhole } from "./write.ts";

const NAME = ".id";

/**
 * A spool's own name: ingests that share a folder report one spool, not several. It is given when Redis is first
 * reached, so that it also tells whether this deployment ever worked.
 *
 * @returns undefined where no ingest with this folder ever reached Redis
 */
export async function readFolderId(fs: SpoolFs, folder: string): Promise<string | undefined> {
  try {
    const id = (await fs.read(join(folder, NAME))).toString("utf8").trim();
    return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Of two ingests that begin at the same moment, the later one's stays. @throws what the disk throws */
export async function makeFolderId(fs: SpoolFs, folder: string): Promise<string> {
  await fs.makeFolder(folder);
  const id = randomUUID();
  const name = `.id-${id}`;
  await writeWhole(fs, folder, name, Buffer.from(`${id}\n`));
  await fs.rename(join(folder, name), join(folder, NAME));
  await fs.syncFolder(folder);
  return (await readFolderId(fs, folder)) ?? id;
}
