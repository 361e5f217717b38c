import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { keys, connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import {
  capture,
  captures,
  deliver,
  type DeliveryAnswer,
  type DeliveryOverrides,
  freshRedisUrl,
  httpReceiver,
  type HttpReceiver,
  repositoryRoot,
  type RunningProcess,
  runCli,
  startApp,
  until,
} from "@misskeep/testkit";
import { onTestFinished } from "vitest";

export const SECRET = "a-secret-for-the-tests";

export interface World {
  readonly redis: Redis;
  readonly redisUrl: string;
  /** What the test's processors talk to. */
  readonly receiver: HttpReceiver;
  ingest(env?: Record<string, string>): Promise<Ingest>;
  worker(options?: WorkerOptions): Promise<RunningProcess>;
  /** Runs `misskeep` and parses its `--json`. */
  cli(...args: string[]): Promise<unknown>;
  /** Which of BullMQ's states a processor's job is in; undefined where there is no such job. */
  stateOf(processor: string, id: string): Promise<"completed" | "failed" | "other" | undefined>;
  /** How many of a processor's jobs ended each way. */
  ended(processor: string): Promise<{ completed: number; failed: number }>;
  /** The end of each run of a job, oldest first. */
  history(processor: string, id: string): Promise<{ end?: string; worker: string }[]>;
}

export interface Ingest {
  readonly process: RunningProcess;
  readonly url: string;
  /** Delivers a capture with the world's secret; `fresh` gives it an event id of its own. */
  deliver(name: string, overrides?: DeliveryOverrides & { fresh?: boolean }): Promise<DeliveryAnswer>;
}

export interface WorkerOptions {
  readonly env?: Record<string, string>;
  /** The processors of test/processors that are on. @default ["effect"] */
  readonly processors?: readonly ("effect" | "steps" | "poison" | "deaf")[];
  /** Dies at this mark of packages/queue/src/marks.ts, `times` times over all workers. */
  readonly dieAt?: { readonly mark: string; readonly times?: number; readonly when?: string };
  /** Do not wait until it is ready. */
  readonly unready?: boolean;
  /** Another copy of the repository whose worker is started. */
  readonly root?: string;
}

/** Has something done at the end: of a test, or of a file whose tests share what was made. */
export type AtEnd = (clean: () => Promise<void>) => void;

/**
 * A whole deployment in real processes, of a test's own: its database, its receiver, its apps.
 *
 * @param atEnd where several tests share it. @default the end of the test that runs
 * @param appEnv for every app, such as another `REDIS_URL` than the test's own
 */
export async function makeWorld(
  redisUrl?: string,
  atEnd: AtEnd = onTestFinished,
  appEnv: Readonly<Record<string, string>> = {},
): Promise<World> {
  const url = redisUrl ?? (await freshRedisUrl());
  const redis = connectRedis({ url, role: "worker" });
  await waitUntilReady(redis, 10_000);
  const receiver = await httpReceiver(() => ({ status: 200 }));
  const folder = mkdtempSync(join(tmpdir(), "misskeep-test-"));
  const processes: RunningProcess[] = [];
  atEnd(async () => {
    await Promise.all(processes.map((each) => each.kill("SIGKILL")));
    redis.disconnect();
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  });
  const base = { REDIS_URL: url, METRICS_PORT: "0", NODE_ENV: "test", ...appEnv };

  return {
    redis,
    redisUrl: url,
    receiver,
    async ingest(env = {}) {
      const started = await startApp("ingest", {
        env: { ...base, PORT: "0", HOST: "127.0.0.1", MISSKEY_HOOK_SECRETS: SECRET, ...env },
      });
      processes.push(started);
      const { port } = await started.waitFor(({ msg }) => msg === "ready");
      const address = `http://127.0.0.1:${String(port)}/misskey`;
      return {
        process: started,
        url: address,
        deliver(name, { fresh = false, ...overrides } = {}) {
          const chosen = capture(name);
          const body = fresh ? withOwnEventId(chosen.rawBody) : chosen.rawBody;
          return deliver(address, chosen, { secret: SECRET, body, ...overrides });
        },
      };
    },
    async worker({ env = {}, processors = ["effect"], dieAt, unready = false, root = repositoryRoot } = {}) {
      const on = Object.fromEntries(
        processors.map((name) => [`${name.toUpperCase()}_URL`, `${receiver.url}/${name}`]),
      );
      const crash = dieAt
        ? {
            DIE_AT: dieAt.mark,
            DIE_TIMES: String(dieAt.times ?? 1),
            DIE_WHEN: dieAt.when ?? "",
            DIE_LEDGER: join(folder, `deaths-${dieAt.mark.replace(":", "-")}`),
          }
        : {};
      const started = await startApp("worker", {
        env: { ...base, PROCESSORS_DIR: join(import.meta.dirname, "../processors"), ...on, ...crash, ...env },
        nodeArgs: dieAt ? ["--import", pathToFileURL(join(import.meta.dirname, "die-at.mjs")).href] : [],
        root,
      });
      processes.push(started);
      if (!unready) await started.waitFor(({ msg }) => msg === "ready");
      return started;
    },
    async cli(...args) {
      const result = await runCli([...args, "--json"], { env: { ...base, LOG_LEVEL: "silent" } });
      if (result.code !== 0) throw new Error(`misskeep ${args.join(" ")} failed: ${result.output}`);
      return JSON.parse(result.stdout);
    },
    async stateOf(processor, id) {
      const [failed, completed, exists] = await Promise.all([
        redis.zscore(keys.queue(processor, "failed"), id),
        redis.zscore(keys.queue(processor, "completed"), id),
        redis.exists(keys.queue(processor, id)),
      ]);
      if (exists === 0) return undefined;
      return completed !== null ? "completed" : failed !== null ? "failed" : "other";
    },
    async ended(processor) {
      const [completed, failed] = await Promise.all([
        redis.zcard(keys.queue(processor, "completed")),
        redis.zcard(keys.queue(processor, "failed")),
      ]);
      return { completed, failed };
    },
    async history(processor, id) {
      const text = await redis.hget(keys.queue(processor, id), "mk:history");
      return JSON.parse(text ?? "[]") as { end?: string; worker: string }[];
    },
  };
}

let made = 0;

/** The body with an event id of its own: another event, as Misskey would make it. */
export function withOwnEventId(body: Buffer): Buffer {
  made += 1;
  const id = `${String(process.pid).padStart(8, "0")}-0000-4000-8000-${String(made).padStart(12, "0")}`;
  return Buffer.from(body.toString("utf8").replace(/"eventId":"[^"]+"/, `"eventId":"${id}"`));
}

/** Waits until a job has ended well. */
export async function handledBy(
  world: World,
  processor: string,
  id: string,
  timeout = 60_000,
): Promise<void> {
  await until(async () => (await world.stateOf(processor, id)) === "completed", { timeout });
}

/** The id in ingest's answer. */
export function idOf(answer: DeliveryAnswer): string {
  return (answer.body as { id: string }).id;
}

export { captures, until };
