import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryRoot } from "@misskeep/testkit";

/** A program of a contestant, plain JavaScript, run as it is. */
export function programFile(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}

/** @param root a copy of the repository, built */
export function appFile(root: string, app: "ingest" | "worker"): string {
  return join(root, "apps", app, "dist/main.js");
}

/** What was downloaded for contestants; kept between runs. */
export const downloads = join(repositoryRoot, ".misskeep/bench");
