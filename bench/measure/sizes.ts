/** How much is measured. */
export interface Sizes {
  readonly rounds: number;
  /** Of one contestant at the door, ms. */
  readonly doorMs: number;
  /** Events on the whole path. */
  readonly pathEvents: number;
  /** Jobs of a burn-down. */
  readonly burnDownJobs: number;
  /** Of one rate, ms. */
  readonly latencyMs: number;
  /** Events that workers with a slow processor share. */
  readonly scaleEvents: number;
  readonly backlog: number;
}

export const whole: Sizes = {
  rounds: 5,
  doorMs: 5_000,
  pathEvents: 50_000,
  burnDownJobs: 20_000,
  latencyMs: 10_000,
  scaleEvents: 6_000,
  backlog: 1_000_000,
};

/** For CI, and for a first look: the costs an event are within some per cent, the rates are hints. */
export const quick: Sizes = {
  rounds: 1,
  doorMs: 1_500,
  pathEvents: 4_000,
  burnDownJobs: 2_000,
  latencyMs: 3_000,
  scaleEvents: 1_000,
  backlog: 20_000,
};
