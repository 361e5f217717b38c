import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";

/**
 * Adds a generated secret for the hook `default` to a file in dotenv's format, made if it is missing. Only its owner
 * can read it afterwards.
 */
export async function addGeneratedSecret(file: string): Promise<void> {
  const old = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return header;
    throw error;
  });
  // 160 bits in characters that survive every shell, form and HTTP header.
  const secret = randomBytes(20).toString("hex");
  const gap = old === "" || old.endsWith("\n") ? "" : "\n";
  const temporary = `${file}.new`;
  await writeFile(temporary, `${old}${gap}MISSKEY_HOOK_SECRETS=${secret}\n`, { mode: 0o600 });
  await rename(temporary, file);
}

const header = `# Misskeep's settings; README.md lists them all. Keep this file to yourself: it holds secrets.
# The same secret is entered in Misskey, where the webhook is created.
`;
