import { type RunningProcess, startApp } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import type { AtEnd } from "./world.ts";

/** `ren` may only look. */
export const TOKENS = { mio: "mios-token-for-everything", ren: "rens-token-to-look-around" } as const;

interface Route {
  readonly method: string;
  /** With `{parameters}`. */
  readonly path: string;
  readonly query: readonly string[];
}

export interface ConsoleApi {
  readonly url: string;
  readonly process: RunningProcess;
  /** As its description lists them. */
  readonly routes: readonly Route[];
  /** @returns the answer, read to its end */
  get(who: keyof typeof TOKENS, path: string): Promise<{ status: number; text: string }>;
  /** @returns what was answered @throws Error unless it was 2xx */
  post<T>(who: keyof typeof TOKENS, path: string, body: unknown): Promise<T>;
}

/**
 * The built console, over a Redis that others fill.
 *
 * @param atEnd when it is stopped. @default at the end of the test that runs
 * @param env more settings
 */
export async function startConsole(
  redisUrl: string,
  atEnd: AtEnd = onTestFinished,
  env: Readonly<Record<string, string>> = {},
): Promise<ConsoleApi> {
  const app = await startApp("console", {
    env: {
      REDIS_URL: redisUrl,
      CONSOLE_PORT: "0",
      METRICS_PORT: "0",
      CONSOLE_TOKENS: `mio:${TOKENS.mio},ren:${TOKENS.ren}:readonly`,
      ...env,
    },
  });
  atEnd(async () => void (await app.kill("SIGKILL")));
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  const url = `http://127.0.0.1:${String(port)}`;
  const headersOf = (who: keyof typeof TOKENS) => ({ authorization: `Bearer ${TOKENS[who]}` });
  const get: ConsoleApi["get"] = async (who, path) => {
    const response = await fetch(`${url}${path}`, { headers: headersOf(who) });
    return { status: response.status, text: await response.text() };
  };
  return {
    url,
    process: app,
    get,
    routes: toRoutes(JSON.parse((await get("ren", "/api/openapi.json")).text)),
    async post(who, path, body) {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { ...headersOf(who), "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
  };
}

function toRoutes({
  paths,
}: {
  paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
}): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((each) => each.in === "query").map(({ name }) => name),
    })),
  );
}
