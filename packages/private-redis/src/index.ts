export { PrivateRedisError, type PrivateRedisErrorCode } from "./errors.ts";
export { dockerAnswers } from "./docker.ts";
export { obtainRedis, type ObtainedRedis, type ObtainOptions, type RedisKind } from "./obtain-redis.ts";
