import { Redis, type RedisOptions } from "ioredis";
import { replaceSilent } from "./connect-silent.ts";
import { gatherWrites } from "./gather-writes.ts";
import { WatchfulSentinelConnector } from "./sentinel-connector.ts";

/**
 * What a connection is for decides how it behaves while Redis is away:
 *
 * | role | while Redis is away |
 * |---|---|
 * | `ingest` | a command fails at once, or after 2.2 s if Redis is frozen, so that the answer leaves within 2.5 s |
 * | `command` | as above with 5 s: for people's commands and scripts that retry by themselves |
 * | `worker` | commands wait for its return: BullMQ needs that of a worker's connection |
 */
export type ConnectionRole = "ingest" | "command" | "worker";

export interface RedisAddress {
  /** `redis://` or `rediss://` (TLS, to sentinels too), with user, password and database index. */
  readonly url?: string | undefined;
  /** Sentinels as `host:port`; then `url` only gives user, password, database and whether all of it speaks TLS. */
  readonly sentinels?: readonly string[] | undefined;
  /** The sentinels' own, which is seldom that of the server. */
  readonly sentinelPassword?: string | undefined;
  /** The name under which the sentinels know the server. */
  readonly sentinelMaster?: string | undefined;
}

export interface ConnectOptions extends RedisAddress {
  readonly role: ConnectionRole;
  /** Shown by Redis' CLIENT LIST. */
  readonly name?: string | undefined;
  /** Asked something and without a byte of answer for so long, it is suspected to be lost, ms. @default 1,000 */
  readonly silenceMs?: number | undefined;
  /** Told of each connection error; ioredis reconnects by itself. */
  readonly onError?: ((error: Error) => void) | undefined;
}

// A frozen Redis (SIGSTOP, a stalled disk) keeps its sockets open: of all ioredis' time-outs only
// `commandTimeout` ends a call to it. The command may still run once Redis thaws.
const COMMAND_TIMEOUT_MS = { ingest: 2_200, command: 5_000 } as const;

// One that stands still must not keep us from asking the next.
const SENTINEL_TIMEOUT_MS = 1_000;

/**
 * What bounds how long after Redis' return, or its network's, a connection is used again: within 5 s, with room for slow
 * machines. Told to others, whose own limits add to these.
 *
 * | it is | at worst |
 * |---|---|
 * | refused | the pause between two tries |
 * | being opened, into nothing | TCP asks again after 1 s, and it is given up after `connectMs`: so the same and a pause |
 * | lost without a word | `noticedMs`, and the first pause |
 * | answered, but Redis still loads its data | `loadingMs` after that |
 */
export const CONNECTION_LIMITS = {
  connectMs: 2_000,
  pauseMs: 500,
  loadingMs: 1_000,
  silenceMs: 1_000,
  /** Of one that was asked nothing: a second until it is asked, the silence, and two looks. */
  noticedMs: 2_500,
} as const;
const { connectMs, pauseMs, loadingMs, silenceMs: SILENCE_MS } = CONNECTION_LIMITS;

/**
 * Opens a connection that reconnects for ever.
 *
 * @returns an ioredis client; the caller ends it with `quit()` or `disconnect()`.
 */
export function connectRedis(options: ConnectOptions): Redis {
  const redis = new Redis(redisOptions(options));
  // Without a listener ioredis prints each error to stderr.
  redis.on("error", (error: Error) => options.onError?.(error));
  gatherWrites(redis);
  replaceSilent(redis, {
    limitMs: options.silenceMs ?? SILENCE_MS,
    // Each sentinel may be one that is not there any more.
    secondMs: connectMs * (1 + (options.sentinels?.length ?? 0)),
    onReplace: (error) => options.onError?.(error),
  });
  return redis;
}

function redisOptions({
  url,
  sentinels,
  sentinelMaster,
  sentinelPassword,
  role,
  name,
}: ConnectOptions): Omit<RedisOptions, "replyMapping"> {
  const waits = role === "worker";
  const address: ServerOptions = url === undefined ? {} : parseRedisUrl(url);
  return {
    ...address,
    ...(sentinels && sentinels.length > 0
      ? {
          sentinels: sentinels.map(parseHostPort),
          name: sentinelMaster ?? "mymaster",
          ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
          sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
          Connector: WatchfulSentinelConnector as ConnectorConstructor,
          // Of `tls` alone ioredis makes nothing here: it would send the password in the clear.
          ...(address.tls ? { sentinelTLS: address.tls, enableTLSForSentinelMode: true } : {}),
        }
      : {}),
    ...(name === undefined ? {} : { connectionName: name }),
    retryStrategy: (times) => Math.min(times * 100, pauseMs),
    connectTimeout: connectMs,
    maxLoadingRetryTime: loadingMs,
    maxRetriesPerRequest: waits ? null : 1,
    enableOfflineQueue: waits,
    ...(waits ? {} : { commandTimeout: COMMAND_TIMEOUT_MS[role] }),
    // After a failover the old server answers READONLY; only a new connection finds the new one. 2 sends the
    // command again over it, which needs the offline queue; else the caller gets the error that it was.
    reconnectOnError: (error) => error.message.startsWith("READONLY") && (waits ? 2 : 1),
  };
}

type ConnectorConstructor = NonNullable<RedisOptions["Connector"]>;
type ServerOptions = Pick<RedisOptions, "host" | "port" | "db" | "username" | "password" | "tls">;

function parseRedisUrl(text: string): ServerOptions {
  // Node's own error for a malformed URL carries the text, and so the password.
  if (!URL.canParse(text)) throw new Error("The address of Redis is no URL; redis://host:6379 is one.");
  const url = new URL(text);
  const db = Number(url.pathname.slice(1) || 0);
  return {
    host: withoutBrackets(url.hostname) || "127.0.0.1",
    port: Number(url.port || 6379),
    db,
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(url.protocol === "rediss:" ? { tls: {} } : {}),
  };
}

function parseHostPort(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(":");
  return colon < 0 || text.endsWith("]")
    ? { host: withoutBrackets(text), port: 26_379 }
    : { host: withoutBrackets(text.slice(0, colon)), port: Number(text.slice(colon + 1)) };
}

/** An IPv6 address stands in brackets in a URL, and bare in a socket's options. */
function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
