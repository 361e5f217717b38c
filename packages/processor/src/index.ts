export { type Backoff, exponential, fixed } from "./backoff.ts";
export type { HandlerContext, Log } from "./context.ts";
export {
  defineProcessor,
  InvalidProcessorError,
  type Processor,
  type ProcessorDefinition,
  QUARANTINE,
} from "./define-processor.ts";
export { type Duration, toMs } from "./duration.ts";
export { Misconfigured, PermanentError, RetryLater, RunAborted, TimedOut } from "./errors.ts";
export { handled, ignored, type Outcome } from "./outcome.ts";
export { type ConfigReading, readConfig } from "./read-config.ts";
export {
  AFTER_ZOMBIE_MS,
  DEFAULT_RETRY,
  type FailedRun,
  judgeFailure,
  type RetryRules,
  type Verdict,
} from "./retry-rules.ts";
export { covers, type Subscription } from "./subscription.ts";
