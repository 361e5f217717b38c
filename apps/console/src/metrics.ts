import { Gauge, Histogram, type Registry } from "prom-client";

export interface Metrics {
  /** @param route its pattern, without what was asked for @param ms from the request's arrival to the answer's end */
  answered(route: string, status: number, ms: number): void;
}

/** @param viewers how many pages get live figures */
export function createMetrics(registry: Registry, viewers: () => number): Metrics {
  const registers = [registry];
  const answerSeconds = new Histogram({
    name: "misskeep_console_answer_seconds",
    help: "From the arrival of a request to the console to its answer",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5],
    registers,
  });
  const open: Gauge = new Gauge({
    name: "misskeep_console_viewers",
    help: "Open pages of the console",
    registers,
    collect: () => open.set(viewers()),
  });
  return {
    answered: (route, status, ms) => answerSeconds.observe({ route, status: String(status) }, ms / 1_000),
  };
}
