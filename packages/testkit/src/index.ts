export { capture, captures, resendGroups, type Capture, type ResendGroup } from "./captures.ts";
export { freshRedisUrl, ownRedis } from "./fresh-redis.ts";
export { repositoryRoot } from "./repository.ts";
export { startTestRedis, type TestRedis } from "./test-redis.ts";
export { until } from "./until.ts";
