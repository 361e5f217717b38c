/** What the load generator is asked, and what it answers; between two processes. */
export interface LoadJob {
  readonly urls: readonly string[];
  readonly connections: number;
  /** Of deliveries, that were acknowledged before. */
  readonly resends: number;
  /** One of the two ends it. */
  readonly durationMs?: number;
  readonly count?: number;
  /**
   * Deliveries a second, sent when they are due, whatever became of those before. Without it each connection sends
   * its next one as soon as it has its answer.
   */
  readonly rate?: number;
}

export interface LoadResult {
  readonly seconds: number;
  /** Answers by status; `broken` for none. */
  readonly answers: Readonly<Record<string, number>>;
  /** Event ids, each once, whose delivery got a 2xx. */
  readonly acknowledged: readonly string[];
  readonly resends: number;
  /** Resends that were answered 200 and `duplicate`. */
  readonly knownResends: number;
  /**
   * ms from when a delivery was due (with a rate) or sent (without) to the end of its answer. With a rate a stall is
   * in the figures of all that were due meanwhile: it is not hidden by sending less ("coordinated omission").
   */
  readonly latencies: Float64Array;
  /** ms that the generator itself was late, with a rate: what of the latencies is its own. */
  readonly lateness: Float64Array;
  /** When each acknowledged event was due or sent, ms since 1970, in their order. */
  readonly sentAt: Float64Array;
}
