import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, type Redis } from "ioredis";

/**
 * Replaces a connection whose other end is gone without a word: a firewall that forgot it, a host that failed. No error
 * ever comes of that, and no time-out of ioredis' that would not also strike a Redis that merely stands still.
 *
 * | the connection | then |
 * |---|---|
 * | was asked nothing for a second | it is asked PING: what is wrong is known before somebody needs it |
 * | was asked, and is silent over the limit, while it is set up | it is ended, and ioredis opens another |
 * | the same, in use | a second one is opened. Only if that one is answered and this one still is not, it is ended |
 *
 * The second one tells a lost connection from a Redis that stands still (SIGSTOP, a slow disk). That one, once it goes
 * on, does what it was asked, and has to find somebody to tell: a job that it gives to a connection which was ended
 * meanwhile is missing until its lock is over.
 *
 * A command that blocks has its own time on top of the limit.
 */
export interface SilenceOptions {
  /** ms */
  readonly limitMs: number;
  /** How long the second connection may take to be answered, ms. */
  readonly secondMs: number;
  readonly onReplace: (error: Error) => void;
}

/** What it costs in all is a look at two numbers, and where nothing else is asked, a PING a second. */
const LOOK_EVERY_MS = 250;
const PING_AFTER_MS = 1_000;

/** The connection, and those that are made from it by `duplicate`, as BullMQ does, are looked after for good. */
export function replaceSilent(redis: Redis, options: SilenceOptions): void {
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    replaceSilent(copy, options);
    return copy;
  };
  redis.on("connect", () => watchStream(redis, () => isAnswered(duplicate, options.secondMs), options));
}

function watchStream(redis: Redis, isAnotherAnswered: () => Promise<boolean>, options: SilenceOptions): void {
  const { stream } = redis;
  let read = stream.bytesRead;
  let heardAt = performance.now();
  /** Since when something is asked without a byte of answer, as far as looks tell. */
  let askedAt: number | undefined;
  let isTrying = false;

  const end = (): void => {
    options.onReplace(new Error("The connection to Redis fell silent; it is replaced."));
    stream.destroy();
  };
  const endUnlessStill = async (): Promise<void> => {
    isTrying = true;
    const before = stream.bytesRead;
    const isOther = await isAnotherAnswered();
    isTrying = false;
    if (isOther && stream.bytesRead === before && !stream.destroyed) end();
  };
  const look = (): void => {
    const now = performance.now();
    if (stream.bytesRead !== read) {
      read = stream.bytesRead;
      heardAt = now;
      askedAt = undefined;
    }
    const asked = redis.commandQueue.peekFront()?.command;
    if (asked) askedAt ??= now;
    else {
      askedAt = undefined;
      if (redis.status !== "ready" || now - heardAt < PING_AFTER_MS) return;
      askedAt = now;
      redis.ping().catch(() => undefined);
      return;
    }
    if (isTrying || now - askedAt < options.limitMs + blocksFor(asked)) return;
    if (redis.status === "ready") void endUnlessStill();
    else end();
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  stream.once("close", () => clearInterval(timer));
}

/** How long a command may wait in Redis for something to come, ms. */
function blocksFor(command: unknown): number {
  const blocks = command instanceof Command ? command.extractBlockingTimeout() : undefined;
  return blocks === 0 ? Infinity : (blocks ?? 0);
}

/** Whether a new connection to Redis gets an answer, if only that it is refused. */
async function isAnswered(duplicate: Redis["duplicate"], withinMs: number): Promise<boolean> {
  const second = duplicate({ lazyConnect: true, retryStrategy: () => null, reconnectOnError: null });
  let isRefused = false;
  second.on("error", (error: Error) => (isRefused ||= error.name === "ReplyError"));
  const timer = new AbortController();
  try {
    return await Promise.race([
      second.connect().then(
        () => true,
        () => isRefused,
      ),
      sleep(withinMs, false, { signal: timer.signal, ref: false }),
    ]);
  } finally {
    timer.abort();
    second.disconnect();
    second.stream?.destroy();
  }
}
