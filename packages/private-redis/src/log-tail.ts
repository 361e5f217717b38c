import { readFile } from "node:fs/promises";

/** The last lines of a log file, for an error message; empty if there is none. */
export async function tailOf(file: string, lines = 10): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}
