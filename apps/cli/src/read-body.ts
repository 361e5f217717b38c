import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CliError } from "./errors.ts";

/**
 * Reads a file byte for byte; `-` is stdin.
 *
 * @throws CliError `BODY_UNREADABLE`
 */
export async function readBody(file: string): Promise<Buffer> {
  if (file === "-") return buffer(process.stdin);
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new CliError("BODY_UNREADABLE", `${file} cannot be read (${cause.code ?? "unknown"}).`, { cause });
  });
}
