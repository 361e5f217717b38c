/** What workers wrote down of the jobs that they handled: lines `<event id> <ms since 1970>`. */
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

export interface Handled {
  readonly eventId: string;
  readonly at: number;
}

export interface Records {
  readonly folder: string;
  /** How many there are, of all processors. */
  count(): Promise<number>;
  /** By processor. */
  read(): Promise<ReadonlyMap<string, readonly Handled[]>>;
}

/** A UUID, a space, 13 digits, a point, 3 digits, a line end: counted by the files' lengths. */
const LINE_BYTES = 36 + 1 + 17 + 1;

export async function openRecords(folder: string): Promise<Records> {
  await mkdir(folder, { recursive: true });
  const files = async (): Promise<string[]> => (await readdir(folder)).map((name) => join(folder, name));
  return {
    folder,
    async count() {
      const sizes = await Promise.all((await files()).map(async (file) => (await stat(file)).size));
      return sizes.reduce((sum, size) => sum + Math.floor(size / LINE_BYTES), 0);
    },
    async read() {
      const found = new Map<string, Handled[]>();
      for (const file of await files()) {
        // One file a processor and process.
        const processor = file.slice(folder.length + 1).replace(/-\d+\.txt$/, "");
        const list = found.get(processor) ?? [];
        found.set(processor, list);
        for (const line of (await readFile(file, "utf8")).split("\n")) {
          const [eventId, at] = line.split(" ");
          if (eventId !== undefined && at !== undefined) list.push({ eventId, at: Number(at) });
        }
      }
      return found;
    },
  };
}
