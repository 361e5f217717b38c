import { join } from "node:path";
import { debianProgram, hasApt } from "./debian-package.ts";
import { dockerAnswers, whyNoImage } from "./docker.ts";
import { PrivateRedisError } from "./errors.ts";
import { findOnPath, whatIsWrongWith } from "./on-path.ts";
import type { Program } from "./start-server.ts";

/** What the search needs of the options of `obtainRedis`. */
export interface FindOptions {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly announce: (line: string) => void;
  readonly packageDir?: string | undefined;
}

export type Found =
  | { readonly kind: "redis-server" | "valkey-server" | "debian-package"; readonly program: Program }
  | { readonly kind: "docker" };

/**
 * Looks for a way to a Redis server, in the order of the documentation, and says so where it is not the first one.
 *
 * @throws PrivateRedisError `REDIS_NOT_FOUND`
 */
export async function findServer({ env, announce, dataDir, packageDir }: FindOptions): Promise<Found> {
  const tried: string[] = [];
  for (const kind of ["redis-server", "valkey-server"] as const) {
    const binary = await findOnPath(kind, env["PATH"]);
    const wrong = binary ? await whatIsWrongWith(binary, env) : `${kind} is not on PATH`;
    if (binary && wrong === undefined) return { kind, program: { binary, env } };
    tried.push(wrong ?? "");
  }
  if (await dockerAnswers(env)) {
    announce("No Redis on PATH: starting one with Docker (image redis:8-alpine).");
    const wrong = await whyNoImage(env);
    if (wrong === undefined) return { kind: "docker" };
    tried.push(wrong);
  } else tried.push("Docker does not answer");
  if (await hasApt()) {
    announce("No Redis on PATH: using the package of this distribution, unpacked into the data dir.");
    try {
      const program = await debianProgram(packageDir ?? join(dataDir, "redis-package"), env);
      const wrong = await whatIsWrongWith(program.binary, program.env);
      if (wrong === undefined) return { kind: "debian-package", program };
      tried.push(wrong);
    } catch (error) {
      tried.push(`the package redis-server: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new PrivateRedisError("REDIS_NOT_FOUND", waysOut(tried));
}

function waysOut(tried: readonly string[]): string {
  return [
    "Misskeep needs a Redis server (6.2 or newer) or Valkey, and found none. What it tried:",
    ...tried.map((line) => `  - ${line}`),
    "Any one of these helps:",
    "  - set REDIS_URL, in the environment or in .env, to a server that you have: redis://127.0.0.1:6379",
    "  - install one: `apt install redis-server`, `dnf install valkey`, `apk add redis`, `brew install redis`",
    "  - start Docker",
  ].join("\n");
}
