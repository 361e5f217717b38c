export { PrivateRedisError, type PrivateRedisErrorCode } from "./errors.ts";
export { findServer } from "./find-server.ts";
export { findPrivateRedis, type FoundRedis } from "./find-private-redis.ts";
export { dockerAnswers } from "./docker.ts";
export { freePort } from "./free-port.ts";
export { obtainRedis, type ObtainedRedis, type ObtainOptions, type RedisKind } from "./obtain-redis.ts";
