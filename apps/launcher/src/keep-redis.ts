import { obtainRedis, type ObtainedRedis, type ObtainOptions } from "@misskeep/private-redis";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { setTimeout as delay } from "node:timers/promises";

export interface KeepOptions extends ObtainOptions {
  readonly log: { error(fields: object, message: string): void };
  /** Called when a private Redis had to be started again elsewhere, since its port was taken. */
  readonly onMoved: (url: string) => void;
}

export interface KeptRedis {
  readonly url: string;
  readonly kind: ObtainedRedis["kind"];
  stop(): Promise<void>;
}

/**
 * Obtains a Redis, and a private one again whenever it is gone: nobody else would start it. One from `REDIS_URL` is
 * in other hands.
 *
 * @throws PrivateRedisError if there is none to begin with
 */
export async function keepRedis(options: KeepOptions): Promise<KeptRedis> {
  let server = await obtainRedis(options);
  const { kind, url } = server;
  if (kind === "REDIS_URL") return server;
  let isStopping = false;
  let stopWatching = (): void => {};

  const watch = (): void => {
    stopWatching = whenGone(server.url, () => void revive());
  };
  const revive = async (): Promise<void> => {
    options.log.error({}, "The connection to Redis broke; if it is gone, it starts again on its data");
    for (;;) {
      if (isStopping) return;
      try {
        const before = server;
        server = await obtainRedis(options);
        await before.stop();
        if (server.url !== before.url) options.onMoved(server.url);
        watch();
        return;
      } catch (error) {
        options.log.error({ err: error }, "Redis could not be started again; trying once more");
        await delay(1_000);
      }
    }
  };
  watch();
  return {
    url,
    kind,
    stop: async () => {
      isStopping = true;
      stopWatching();
      await server.stop();
    },
  };
}

/** Calls back once when the server closes its connections. */
function whenGone(url: string, onGone: () => void): () => void {
  const redis = connectRedis({ url, role: "worker", name: "misskeep-launcher" });
  let isOver = false;
  const end = (): void => {
    isOver = true;
    redis.disconnect();
  };
  const gone = (): void => {
    if (isOver) return;
    end();
    onGone();
  };
  waitUntilReady(redis, 10_000).then(
    () => redis.once("close", gone),
    () => gone(),
  );
  return end;
}
