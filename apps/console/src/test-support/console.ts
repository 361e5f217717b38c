/** The console as main.ts puts it together, on a real Redis. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, openContext } from "@misskeep/operations";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import { type Console, createConsole, type ConsoleOptions } from "../app.ts";
import { createMetrics } from "../metrics.ts";

export const TOKENS = [
  { name: "mio", token: "mio-may-do-everything", readonly: false },
  { name: "ren", token: "ren-may-look-only-here", readonly: true },
] as const;

export type Who = "anonymous" | "mio" | "ren";

export interface TestConsole {
  readonly app: FastifyInstance;
  readonly routes: Console["routes"];
  readonly context: Context;
  readonly pageFolder: string;
  readonly registry: Registry;
  readonly log: readonly { readonly fields: object; readonly message: string }[];
  /** A request with somebody's bearer token. */
  ask(who: Who, options: InjectOptions): Promise<LightMyRequestResponse>;
}

export async function startConsole(
  options: Partial<ConsoleOptions> & { readonly redisUrl?: string } = {},
): Promise<TestConsole> {
  const redis = connectRedis({ url: options.redisUrl ?? (await freshRedisUrl()), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const context = openContext(redis, () => {});
  onTestFinished(() => context.queues.close());
  const pageFolder = options.pageFolder ?? (await mkdtemp(join(tmpdir(), "misskeep-page-")));
  onTestFinished(() => rm(pageFolder, { recursive: true, force: true }));
  const registry = new Registry();
  const log: { fields: object; message: string }[] = [];
  const { app, routes, stop } = await createConsole({
    context,
    tokens: TOKENS,
    durability: "disk",
    pageFolder,
    metrics: (viewers) => createMetrics(registry, viewers),
    log: { error: (fields, message) => void log.push({ fields, message }) },
    checkAnswers: true,
    times: { slow: 1, tick: 50 },
    ...options,
  });
  onTestFinished(() => stop(1_000));
  return {
    app,
    routes,
    context,
    pageFolder,
    registry,
    log,
    ask: (who, request) =>
      app.inject({
        ...request,
        headers: {
          host: "localhost:3001",
          ...(who === "anonymous" ? {} : { authorization: `Bearer ${tokenOf(who)}` }),
          ...request.headers,
        },
      }),
  };
}

export function tokenOf(who: "mio" | "ren"): string {
  return TOKENS.find(({ name }) => name === who)!.token;
}

export interface SignedIn {
  readonly cookie: string;
  readonly csrf: string;
  readonly setCookie: string;
}

/** Signs in as the page does. */
export async function signIn({ app }: TestConsole, who: "mio" | "ren"): Promise<SignedIn> {
  const answer = await app.inject({
    method: "POST",
    url: "/api/session",
    headers: { host: "localhost:3001" },
    payload: { token: tokenOf(who) },
  });
  const setCookie = String(answer.headers["set-cookie"]);
  const { csrf } = answer.json<{ csrf: string }>();
  return { cookie: setCookie.split(";")[0] ?? "", csrf, setCookie };
}
