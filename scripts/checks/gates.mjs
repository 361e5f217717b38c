// Every check, by name. Each takes the folder that it looks at, so that its canary (canaries.test.ts) can show it one
// in which something is wrong. They expect that the packages are installed and built.
import { checkImportDirection } from "./import-direction.mjs";
import { checkLinks } from "./links.mjs";
import { checkLockfile } from "./lockfile.mjs";
import { checkPinned } from "./pinned.mjs";
import { repository, runTool } from "./run-tool.mjs";

const settingsScript = `${repository}/scripts/generate-settings.ts`;

/** @type {import("./gates.d.mts").gates} */
export const gates = {
  types: (root) => runTool("tsc", ["-b", "--pretty", "false"], root),
  lint: (root) => runTool("oxlint", ["--type-aware", "--deny-warnings"], root),
  format: (root) => runTool("prettier", ["--check", "--log-level", "warn", "."], root),
  unused: (root) => runTool("knip", ["--no-progress", "--no-config-hints"], root),
  imports: checkImportDirection,
  settings: (root) =>
    runTool(
      "node",
      [
        "--conditions=misskeep-source",
        "--import",
        "tsx",
        settingsScript,
        "--check",
        `${root}/docs/settings.md`,
      ],
      repository,
    ),
  lockfile: async (root) => checkLockfile(root),
  pinned: async (root) => checkPinned(root),
  links: async (root) => checkLinks(root),
};
