import { type EventId, listEntries } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import { freePort } from "@misskeep/testkit";
import { startProgram, untilListening, type Program } from "../host/program.ts";
import type { Role } from "../host/place.ts";
import { SECRET } from "../load/deliveries.ts";
import type { DoorContestant, Scene } from "./contestant.ts";
import { appFile } from "./paths.ts";

export interface IngestOptions {
  /** @default "warn" */
  readonly logLevel?: string;
  readonly nodeArgs?: readonly string[];
  /** Where it runs. @default "server" */
  readonly role?: Role;
}

/** Starts ingest as it is built. Logs are off for all contestants, except where they are what is measured. */
export async function startIngest(
  { redis, folder, fsync, root }: Scene,
  { logLevel = "warn", nodeArgs = [], role = "server" }: IngestOptions = {},
): Promise<{ readonly url: string; readonly program: Program }> {
  const port = await freePort();
  const program = await startProgram({
    role,
    folder,
    command: process.execPath,
    args: [...nodeArgs, appFile(root, "ingest")],
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      METRICS_PORT: "0",
      MISSKEEP_DATA_DIR: `${folder}/data-${port}`,
      MISSKEY_HOOK_SECRETS: SECRET,
      REDIS_URL: redis.url,
      DURABILITY: fsync === "always" ? "disk" : "second",
      LOG_LEVEL: logLevel,
    },
  });
  await untilListening(program, port);
  return { url: `http://127.0.0.1:${port}/misskey`, program };
}

function misskeepWith(
  logLevel: string,
  about: Pick<DoorContestant, "name" | "title" | "promise">,
): DoorContestant {
  return {
    ...about,
    usesRedis: true,
    async start(scene) {
      const { url, program } = await startIngest(scene, { logLevel });
      return { urls: [url], programs: [program], kept: () => inboxEventIds(scene.redis.client) };
    },
  };
}

const promise = "kept as Redis syncs, else in a spool on disk; once in 8 days";

export const misskeep = misskeepWith("warn", { name: "misskeep", title: "Misskeep", promise });

export const misskeepLogging = misskeepWith("info", {
  name: "misskeep-logging",
  title: "Misskeep, a log line an event (default)",
  promise,
});

const PAGE = 500;

/** The body's event id of every entry of the inbox. */
export async function inboxEventIds(redis: Redis): Promise<string[]> {
  const found: string[] = [];
  for (let before: EventId | undefined; ;) {
    const entries = await listEntries(redis, { limit: PAGE, before });
    for (const { body } of entries) found.push((JSON.parse(String(body)) as { eventId: string }).eventId);
    before = entries.at(-1)?.id;
    if (before === undefined) return found;
  }
}
