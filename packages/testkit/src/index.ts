export { runCli, startApp, type CliResult, type StartAppOptions } from "./apps.ts";
export { capture, captures, readCapture, resendGroups, type Capture, type ResendGroup } from "./captures.ts";
export { deliver, type DeliveryAnswer, type DeliveryOverrides } from "./deliver.ts";
export { freshRedisUrl, ownRedis } from "./fresh-redis.ts";
export {
  httpReceiver,
  type AnswerWith,
  type HttpReceiver,
  type ReceivedRequest,
  type ReceiverAnswer,
} from "./http-receiver.ts";
export type { RedisNode } from "./redis-node.ts";
export { startReplicatedRedis, type ReplicatedRedis } from "./replicated-redis.ts";
export { farRedis, type FarRedis, type Outage, outages } from "./outages.ts";
export { freePort } from "@misskeep/private-redis";
export { repositoryRoot } from "./repository.ts";
export {
  startProcess,
  type ExitStatus,
  type OutputLine,
  type ProcessOptions,
  type RunningProcess,
} from "./running-process.ts";
export { startPrivateRedis } from "./private-test-redis.ts";
export { startTestRedis } from "./start-test-redis.ts";
export { type Mode, startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
export type { TestRedis } from "./test-redis.ts";
export { until } from "./until.ts";
