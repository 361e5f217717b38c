import type { RedisQueueBackend } from "bullmq";

/**
 * BullMQ looks whether a script's reply is an error with `reply < 0`. Where the reply is the next job, JavaScript makes
 * text of the whole list for that, its hash with the body too: some kilobytes for each job that ends (measured with
 * BullMQ 6.7.0). A list that has a number to offer is not made text of.
 */
export function spareText(backend: RedisQueueBackend): void {
  const execute = backend.execCommand.bind(backend);
  backend.execCommand = (...call): unknown => {
    const reply: unknown = execute(...call);
    return reply instanceof Promise ? reply.then(withNumber) : reply;
  };
}

function withNumber(reply: unknown): unknown {
  return Array.isArray(reply) ? Object.assign(reply, { [Symbol.toPrimitive]: noNumber }) : reply;
}

function noNumber(): number {
  return Number.NaN;
}
