/**
 * How figures are cut into steps of time. Each step is a hash that expires, so that the space is fixed: at most
 * about 400 + 300 hashes however long Misskeep runs.
 *
 * | span | a step | steps shown | kept |
 * |---|---|---|---|
 * | `hour` | 10 s | 360 | 65 min |
 * | `day` | 5 min | 288 | 25 h |
 */
export type Span = "hour" | "day";

export interface Steps {
  /** In the key's name. */
  readonly step: string;
  readonly stepMs: number;
  readonly shown: number;
  readonly keptMs: number;
}

const MINUTE = 60_000;

export const SPANS: Readonly<Record<Span, Steps>> = {
  hour: { step: "10s", stepMs: 10_000, shown: 360, keptMs: 65 * MINUTE },
  day: { step: "5m", stepMs: 5 * MINUTE, shown: 288, keptMs: 25 * 60 * MINUTE },
};

/** Of one processor: only for what it does now. */
export const RECENT: Steps = { step: "1m", stepMs: MINUTE, shown: 6, keptMs: 10 * MINUTE };

/** The start of the step that holds a moment, ms since 1970. */
export function startOf({ stepMs }: Pick<Steps, "stepMs">, at: number): number {
  return Math.floor(at / stepMs) * stepMs;
}
