import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accept } from "@misskeep/inbox";
import {
  checkDurability,
  connectRedis,
  type ConnectionRole,
  type Redis,
  waitUntilReady,
} from "@misskeep/redis";
import { type Capture, captures, freshRedisUrl, resendGroups } from "@misskeep/testkit";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import type { Hook } from "../admit.ts";
import { createIngest, type Ingest } from "../app.ts";
import { type Keeping, watchKeeping } from "../keeping.ts";
import { createMetrics } from "../metrics.ts";
import type { WireLimits } from "../server.ts";
import { type RunningSpool, startSpool } from "../spool/start-spool.ts";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface TestIngest {
  readonly ingest: Ingest;
  readonly port: number;
  /** Of the deliveries' path. */
  readonly url: string;
  readonly redis: Redis;
  readonly keeping: Keeping;
  readonly spool: RunningSpool;
  /** Of the spool. */
  readonly folder: string;
  readonly registry: Registry;
  readonly log: readonly LogLine[];
}

export interface TestIngestOptions {
  /** @default a hook with the secret "right" */
  readonly hooks?: readonly Hook[];
  /** @default an empty database */
  readonly redisUrl?: string;
  readonly maxBodyBytes?: number;
  readonly limits?: WireLimits;
  /** For bodies under way. */
  readonly roomBytes?: number;
  /** The spool's folder. @default a new one */
  readonly folder?: string;
  /** @default 1 GiB */
  readonly spoolMaxBytes?: number;
  /** @default "disk" */
  readonly wanted?: "disk" | "second" | "none";
  /** @default "ingest" */
  readonly role?: ConnectionRole;
  /** How often Redis is looked at, ms. @default 50 */
  readonly everyMs?: number;
}

/** Ingest as main.ts puts it together, listening on loopback, until the test ends. */
export async function startIngest(options: TestIngestOptions = {}): Promise<TestIngest> {
  const redis = connectRedis({
    url: options.redisUrl ?? (await freshRedisUrl()),
    role: options.role ?? "ingest",
  });
  await waitUntilReady(redis, 10_000);
  const log: LogLine[] = [];
  const write =
    (level: LogLine["level"]) =>
    (fields: object, message: string): void =>
      void log.push({ level, message, fields: fields as LogLine["fields"] });
  const logger = { info: write("info"), warn: write("warn"), error: write("error") };
  const found = await checkDurability(redis);
  const { wanted = "disk", everyMs = 50 } = options;
  const keeping = watchKeeping({ redis, wanted, found, log: logger, everyMs });
  const registry = new Registry();
  const metrics = createMetrics(registry);
  const folder = options.folder ?? (await makeFolder());
  const spool = await startSpool({
    redis,
    folder,
    maxBytes: options.spoolMaxBytes ?? 1024 ** 3,
    accept: ({ delivery: each, identity }) => accept(redis, each, identity, { windowMs: 60_000 }),
    keeping,
    metrics,
    log: logger,
    everyMs: 50,
  });
  const ingest = createIngest({
    hooks: options.hooks ?? [{ name: "default", secrets: ["right"] }],
    redis,
    keeping,
    spool,
    accept: spool.accept,
    metrics,
    log: logger,
    maxBodyBytes: options.maxBodyBytes ?? 8 * 1024 * 1024,
    ...(options.roomBytes === undefined ? {} : { roomBytes: options.roomBytes }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  await ingest.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = ingest.app.server.address() as AddressInfo;
  onTestFinished(async () => {
    await ingest.stop(100);
    await spool.stop();
    await keeping.stop();
    redis.disconnect();
  });
  return {
    ingest,
    port,
    url: `http://127.0.0.1:${port}/misskey`,
    redis,
    keeping,
    spool,
    folder,
    registry,
    log,
  };
}

/** A folder of a test's own, for a spool. */
export async function makeFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "misskeep-spool-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return join(dataDir, "spool");
}

/** A hook that takes every captured delivery that carries a secret. */
export function captureHook(): Hook {
  const all = [...captures(), ...resendGroups().flatMap(({ sends }) => sends)];
  return { name: "captured", secrets: [...new Set(all.map(({ secret }) => secret))].filter(Boolean) };
}

/** A delivery with the secret "right" and little else. */
export function delivery(body: string | Buffer = "{}"): Capture {
  return {
    name: "made",
    headers: [["x-misskey-hook-secret", "right"]],
    rawBody: Buffer.from(body),
    capturedFrom: "this test",
    secret: "right",
  };
}
