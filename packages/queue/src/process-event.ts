import { ignored, PermanentError, type Processor } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { type Mismatch, parseEvent } from "@misskeep/schema";
import { claimOnce } from "./once.ts";
import { untilTaken } from "./persist.ts";
import type { Runnable } from "./runnable.ts";

export interface ProcessDeps {
  /** A connection of role `command`. */
  readonly redis: Redis;
  /** Told of fields that are not as expected, where that is tolerated. */
  readonly onMismatches: (type: string, mismatches: readonly Mismatch[]) => void;
}

/** The event's body lacks what its schema requires, or has it of a wrong type. */
class BodyDoesNotFit extends PermanentError {
  override readonly name = "BodyDoesNotFit";
  override readonly code = "BODY_DOES_NOT_FIT";

  constructor(mismatches: readonly Mismatch[]) {
    const list = mismatches.map(({ path, message }) => `${path}: ${message}`).join("; ");
    super(`The body does not fit its event's schema. ${list}`);
  }
}

/** A processor with its settings, as something that runs jobs: parse, `once`, handle. */
export function toRunnable(processor: Processor, config: unknown, deps: ProcessDeps): Runnable {
  const { name, retry, timeoutMs, concurrency, rateLimit } = processor;
  return {
    name,
    retry,
    timeoutMs,
    concurrency,
    rateLimit,
    async run({ json, facts }, context) {
      const { hold, step, attempt, idempotencyKey } = context;
      const parsed = parseEvent(json, facts);
      if (!parsed.ok) throw new BodyDoesNotFit(parsed.mismatches);
      const { event, mismatches } = parsed;
      if (mismatches.length > 0) deps.onMismatches(event.type, mismatches);
      const meaning = processor.once(event);
      if (meaning !== undefined) {
        const onRefused = (err: Error): void =>
          context.log.warn({ err }, "Redis refused a claim; trying again");
        const claim = (): Promise<string> => claimOnce(deps.redis, name, meaning, event.id);
        const holder = await untilTaken(claim, onRefused, hold);
        if (holder !== event.id) return ignored(`means the same as ${holder}`);
      }
      return processor.handle(event, {
        config,
        step,
        get log() {
          return context.log;
        },
        get signal() {
          return hold.signal;
        },
        attempt,
        idempotencyKey,
      });
    },
  };
}
