import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Processor } from "@misskeep/processor";
import { type Toolkit, toolkit } from "./toolkit.ts";

/**
 * Loads the processors in a folder: each `.js` or `.mjs` file default-exports a function that gets the toolkit
 * and returns a processor, or several. Their own dependencies come from a `package.json` beside them.
 *
 * @param folder absolute
 * @throws ExternalProcessorError, which names the file
 */
export async function loadExternalProcessors(folder: string): Promise<readonly Processor[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new ExternalProcessorError(folder, "PROCESSORS_DIR cannot be read.", cause);
  }
  const files = names.filter((name) => /\.m?js$/.test(name)).toSorted();
  const loaded: Processor[] = [];
  for (const file of files) loaded.push(...(await loadFile(join(folder, file))));
  return loaded;
}

async function loadFile(file: string): Promise<readonly Processor[]> {
  let made: unknown;
  try {
    const { default: exported } = (await import(pathToFileURL(file).href)) as { default?: unknown };
    // What a compiler makes of `export default` for CommonJS.
    const make =
      typeof exported === "object" && exported && "default" in exported ? exported.default : exported;
    if (typeof make !== "function")
      throw new TypeError("It does not default-export a function that takes the toolkit.");
    made = await (make as (kit: Toolkit) => unknown)(toolkit);
  } catch (cause) {
    throw new ExternalProcessorError(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const list: unknown[] = Array.isArray(made) ? made : [made];
  if (!list.every(isProcessor))
    throw new ExternalProcessorError(file, "Its function does not return what defineProcessor makes.");
  return list;
}

function isProcessor(value: unknown): value is Processor {
  return typeof value === "object" && value !== null && "subscription" in value && "handle" in value;
}

class ExternalProcessorError extends Error {
  override readonly name = "ExternalProcessorError";
  readonly code = "EXTERNAL_PROCESSOR";

  constructor(path: string, why: string, cause?: unknown) {
    super(`${path}: ${why}`, { cause });
  }
}
