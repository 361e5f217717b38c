// Runs dependency-cruiser, and makes sure that it looked at all: without its parser it reports "0 modules, no
// violations" and is content.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./files.mjs";
import { runTool } from "./run-tool.mjs";

/** @param {string} root */
export async function checkImportDirection(root) {
  const folders = ["packages", "apps", "test"].filter((folder) => existsSync(join(root, folder)));
  const { ok, output } = await runTool(
    "depcruise",
    ["--config", ".dependency-cruiser.cjs", ...folders],
    root,
  );
  const seen = Number(/(\d+) modules?, \d+ dependenc/.exec(output)?.[1] ?? 0);
  const written = listFiles(root, /\.ts$/).filter((file) => folders.includes(file.split("/", 1)[0])).length;
  return seen >= written
    ? { ok, output }
    : {
        ok: false,
        output: `${output}\ndependency-cruiser saw ${seen} modules; there are ${written} source files.`,
      };
}
