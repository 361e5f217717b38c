import type { Command, Redis } from "ioredis";

/**
 * Sends what is asked of Redis in one go in one write, where ioredis makes a system call of each command. When the
 * answers to many commands arrive together, what is asked next by all who waited for them leaves together too. Nothing
 * waits for more than the promises that are due already.
 *
 * The connection, and those that are made from it by `duplicate`, as BullMQ does, are served for good.
 */
export function gatherWrites(redis: Redis): void {
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    gatherWrites(copy);
    return copy;
  };
  const send = redis.sendCommand.bind(redis);
  /** The stream that holds back what is written; another one takes its place after a lost connection. */
  let corked: Redis["stream"] | undefined;
  redis.sendCommand = (command: Command, ...rest) => {
    const { stream } = redis;
    if (stream !== undefined && stream !== corked) {
      corked = stream;
      stream.cork();
      process.nextTick(() => {
        if (corked === stream) corked = undefined;
        stream.uncork();
      });
    }
    return send(command, ...rest);
  };
}
