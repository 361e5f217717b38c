import { join } from "node:path";
import { partOf } from "./file-name.ts";
import type { SpoolFs } from "./file-system.ts";

/**
 * Writes a file so that it is there whole, and survives a power loss, or is not there.
 *
 * | step | a crash after it leaves |
 * |---|---|
 * | created and written under a temporary name | a part that nobody reads |
 * | file synced | the same |
 * | renamed | the file or the part, as the file system likes |
 * | folder synced | the file |
 *
 * A step that fails discards the file. Nothing is ever synced twice: after a failed fsync the kernel may count as
 * written what it has dropped, and a second one says that all is well.
 *
 * @throws what the file system throws; the file may be there or not then
 */
export async function writeWhole(fs: SpoolFs, folder: string, name: string, bytes: Buffer): Promise<void> {
  const part = join(folder, partOf(name));
  const path = join(folder, name);
  try {
    const file = await fs.create(part);
    try {
      await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(part, path);
    await fs.syncFolder(folder);
  } catch (error) {
    await Promise.allSettled([fs.remove(part), fs.remove(path)]);
    throw error;
  }
}
