/** Figures over the last hour and day, kept in Redis in fixed space. */
export { type Collector, createCollector } from "./collector.ts";
export { type Quantiles } from "./histogram.ts";
export { measureSeries } from "./measure-series.ts";
export { type Point, readPoints } from "./read-points.ts";
export {
  type Deaths,
  type ProcessorFigures,
  type Rates,
  readDeaths,
  readLatency,
  readProcessorFigures,
  readRates,
} from "./read-recent.ts";
export { type RecorderDeps, startRecorder } from "./recorder.ts";
export type { RunCount, Sample } from "./slot.ts";
export { type Span, SPANS } from "./spans.ts";
