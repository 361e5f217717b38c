import { join } from "node:path";
import { parseName, partSince, type SpoolFileName } from "./file-name.ts";
import { isMissing, type SpoolFs } from "./file-system.ts";

/** Where files go that cannot become events. */
export const ASIDE = "aside";

/** What lies in a spool's folder besides deliveries. */
export interface Scan {
  /** Names that are none of the spool's. */
  readonly foreign: readonly string[];
  /** Begun so long ago that nobody writes them any more. */
  readonly leftParts: readonly string[];
  readonly aside: { readonly files: number; readonly bytes: number };
}

/** Far longer than anybody waits for an answer; and clocks of two machines may differ. */
const PART_LEFT_AFTER_MS = 3_600_000;

/**
 * Goes through a spool's folder, without holding all its names at once.
 *
 * @param now ms since 1970
 * @param visit is told of each delivery
 */
export async function scan(
  fs: Pick<SpoolFs, "list">,
  folder: string,
  now: number,
  visit: (file: SpoolFileName) => void,
): Promise<Scan> {
  const foreign: string[] = [];
  const leftParts: string[] = [];
  for await (const { name, isFile } of fs.list(folder)) {
    if (!isFile) continue;
    const parsed = parseName(name);
    if (parsed) visit(parsed);
    else if (!name.startsWith(".")) foreign.push(name);
    else if (now - (partSince(name) ?? now) > PART_LEFT_AFTER_MS) leftParts.push(name);
  }
  return { foreign, leftParts, aside: await measureAside(fs, join(folder, ASIDE)) };
}

async function measureAside(fs: Pick<SpoolFs, "list">, folder: string): Promise<Scan["aside"]> {
  let files = 0;
  let bytes = 0;
  try {
    for await (const { name, isFile } of fs.list(folder)) {
      if (!isFile || name.startsWith(".")) continue;
      files += 1;
      bytes += parseName(name)?.bytes ?? 0;
    }
  } catch (error) {
    // Nothing was set aside yet.
    if (!isMissing(error)) throw error;
  }
  return { files, bytes };
}
