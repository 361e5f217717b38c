import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root; sources and built files lie equally deep. */
export const repositoryRoot = fileURLToPath(new URL("../../..", import.meta.url));

export const capturesFolder = join(repositoryRoot, "packages/testkit/captures");

/** Kept between runs: Debian's Redis, where no other is on the machine. */
export const packageCache = join(repositoryRoot, ".misskeep/redis-package");
