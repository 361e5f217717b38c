import type { AddressInfo } from "node:net";
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
  const keeping = watchKeeping({ redis, wanted: "disk", found, log: logger, everyMs: options.everyMs ?? 50 });
  const registry = new Registry();
  const ingest = createIngest({
    hooks: options.hooks ?? [{ name: "default", secrets: ["right"] }],
    redis,
    keeping,
    metrics: createMetrics(registry),
    log: logger,
    maxBodyBytes: options.maxBodyBytes ?? 8 * 1024 * 1024,
    windowMs: 60_000,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  await ingest.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = ingest.app.server.address() as AddressInfo;
  onTestFinished(async () => {
    await ingest.stop(100);
    await keeping.stop();
    redis.disconnect();
  });
  return { ingest, port, url: `http://127.0.0.1:${port}/misskey`, redis, keeping, registry, log };
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
