export {
  CONNECTION_LIMITS,
  connectRedis,
  type ConnectionRole,
  type ConnectOptions,
  type RedisAddress,
} from "./connect.ts";
export {
  checkDurability,
  type Durability,
  type DurabilityReport,
  isAtLeast,
  parseInfo,
} from "./durability.ts";
export { DISPATCHERS, JOB_KEYS, keys, readJobKey, SHARD } from "./keys.ts";
export { RedisUnreachableError, waitUntilReady } from "./ready.ts";
export { DurabilityTooLow, requireDurability } from "./require-durability.ts";
export { redisTime } from "./redis-time.ts";
export { loadScript, type Script, type ScriptArgument } from "./script.ts";
export { isTooOld, RedisTooOld } from "./version.ts";
export type { Redis } from "ioredis";
