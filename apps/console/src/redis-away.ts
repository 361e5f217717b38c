import { ApiError } from "./api-error.ts";

/** What ioredis says when it could not bring a command to Redis or waited too long. */
const NOT_REACHED =
  /^(Command timed out|Connection is closed|Stream isn't writeable|Reached the max retries|Connection in subscriber)/;

/** Replies that speak of Redis' state, not of our command: LOADING, READONLY, MISCONF, CLUSTERDOWN, … */
const STATE_REPLY = /^(?!ERR |BADARG |WRONGTYPE |NOSCRIPT |EXECABORT )[A-Z]{4,} /;

/** @returns what to answer, if an error speaks of Redis and not of us */
export function toRedisError(error: unknown): ApiError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.startsWith("OOM "))
    return new ApiError(
      503,
      "REDIS_FULL",
      "Redis is full: raise `maxmemory`, and see `misskeep doctor`.",
      10,
    );
  const code = "code" in error ? String(error.code) : "";
  const isState = error.name === "ReplyError" && STATE_REPLY.test(error.message);
  const isOfNetwork = /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)/.test(code) || NOT_REACHED.test(error.message);
  return isState || isOfNetwork ? redisAway() : undefined;
}

export function redisAway(): ApiError {
  return new ApiError(
    503,
    "REDIS_AWAY",
    "Redis does not answer. The console goes on by itself once it does.",
    2,
  );
}
