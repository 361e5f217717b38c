import { keys, type Redis } from "@misskeep/redis";
import { type Figures, sumFigures } from "./collector.ts";
import { type Sample, toFields } from "./slot.ts";
import { RECENT, SPANS, startOf, type Steps } from "./spans.ts";

type Transaction = ReturnType<Redis["multi"]>;

/**
 * Adds figures to the steps that hold a moment: those of all processors to the hour's and the day's, each one's own
 * to its recent ones. One transaction, so that no step is ever left without its expiry.
 *
 * @param at ms since 1970, by Redis' clock
 * @throws what Redis throws: then nothing is added, or, where the answer was lost, everything
 */
export async function addFigures(redis: Redis, at: number, all: ReadonlyMap<string, Figures>): Promise<void> {
  if (all.size === 0) return;
  const transaction = redis.multi();
  const sum = sumFigures(all);
  for (const steps of Object.values(SPANS)) add(transaction, steps.step, steps, at, sum);
  for (const [processor, figures] of all) add(transaction, recentStep(processor), RECENT, at, figures);
  await execute(transaction);
}

/** Writes how things stood at the end of a step, into the hour's step and the day's. @param at within the step */
export async function addSample(redis: Redis, at: number, sample: Sample): Promise<void> {
  const transaction = redis.multi();
  for (const steps of Object.values(SPANS)) {
    const start = startOf(steps, at);
    transaction.hset(keys.series(steps.step, start), toFields(sample));
    expire(transaction, steps.step, steps, start);
  }
  await execute(transaction);
}

/** Under which name a processor's own steps are kept. */
export function recentStep(processor: string): string {
  return `${RECENT.step}:${processor}`;
}

function add(transaction: Transaction, step: string, steps: Steps, at: number, figures: Figures): void {
  const start = startOf(steps, at);
  for (const [field, count] of figures) transaction.hincrby(keys.series(step, start), field, count);
  expire(transaction, step, steps, start);
}

function expire(transaction: Transaction, step: string, steps: Steps, start: number): void {
  const until = start + steps.stepMs + steps.keptMs;
  transaction.expireat(keys.series(step, start), Math.ceil(until / 1_000));
}

async function execute(transaction: Transaction): Promise<void> {
  for (const [error] of (await transaction.exec()) ?? []) if (error) throw error;
}
