import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl, httpReceiver, type HttpReceiver } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { type Alerter, createAlerter } from "../alerter.ts";
import type { Readings } from "../facts.ts";
import { readings } from "./readings.ts";

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

export interface World {
  readonly redis: Redis;
  readonly target: HttpReceiver;
  /** What was posted, the newest last. */
  texts(): string[];
  beats(): number;
  readonly log: LogLine[];
  /** What every worker finds from now on. */
  finds(changes: Partial<Readings>): void;
  /** Moves the time on: of Redis' clock and the workers'. */
  passes(ms: number): void;
  worker(name: string): Alerter;
}

/** Workers on one real Redis, with a real target; the readings and the time are the test's. Until the test ends. */
export async function makeWorld(givenUrl?: string): Promise<World> {
  const url = givenUrl ?? (await freshRedisUrl());
  const target = await httpReceiver();
  onTestFinished(() => target.close());
  const connect = async (): Promise<Redis> => {
    const redis = connectRedis({ url, role: "command" });
    onTestFinished(() => redis.disconnect());
    await waitUntilReady(redis, 10_000);
    return redis;
  };
  const redis = await connect();
  let current = readings();
  let now = 0;
  const log: LogLine[] = [];
  const write =
    (level: string) =>
    (fields: object, message: string): void =>
      void log.push({ level, fields, message });
  return {
    redis,
    target,
    log,
    texts: () =>
      target.requests
        .filter(({ path }) => path === "/hook-secret")
        .map(({ json }) => (json as { text: string }).text),
    beats: () => target.requests.filter(({ path }) => path === "/beat-secret").length,
    finds: (changes) => (current = readings(changes)),
    passes: (ms) => (now += ms),
    worker: (name) =>
      createAlerter({
        redis,
        worker: name,
        read: () => Promise.resolve({ ...current, at: current.at + now }),
        targets: {
          webhookUrl: `${target.url}/hook-secret`,
          heartbeatUrl: `${target.url}/beat-secret`,
          consoleUrl: "https://keep.example",
        },
        log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
        now: () => now,
      }),
  };
}
