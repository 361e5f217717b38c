import type { Row } from "../measure/row.ts";

export interface Column {
  /** A figure of the rows. */
  readonly key: string;
  readonly title: string;
  /** Behind the point. */
  readonly digits: number;
}

export interface Table {
  /** For programs. */
  readonly id: string;
  readonly title: string;
  /** What has to be known to read it. */
  readonly note: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const column = (key: string, title: string, digits = 0): Column => ({ key, title, digits });

const rate = column("rate", "a second");
const redis = [column("commands", "Redis commands", 1), column("reads", "Redis reads", 2)];
const bytes = [column("bytesIn", "bytes to Redis"), column("bytesKept", "bytes kept")];
const cost = [
  column("cpuUs", "own CPU µs", 1),
  column("redisUs", "Redis CPU µs", 1),
  column("totalUs", "sum µs", 1),
];

export const doorColumns: readonly Column[] = [
  rate,
  ...cost,
  ...redis,
  ...bytes,
  column("p99", "p99 ms", 1),
  column("refused", "not 2xx"),
];
export const pathColumns: readonly Column[] = [
  rate,
  column("doorUs", "door CPU µs", 1),
  ...cost,
  ...redis,
  ...bytes,
];
export const burnDownColumns: readonly Column[] = [
  rate,
  column("enqueueUs", "enqueue µs", 1),
  column("enqueueRedisUs", "its Redis µs", 1),
  column("workUs", "work µs", 1),
  column("workRedisUs", "its Redis µs", 1),
  column("totalUs", "sum µs", 1),
  column("commands", "Redis commands", 1),
];
export const latencyColumns: readonly Column[] = [
  column("p50", "p50 ms", 1),
  column("p99", "p99 ms", 1),
  column("p999", "p99.9 ms", 1),
  column("generatorP99", "generator late, p99 ms", 1),
  column("refused", "not 2xx"),
];
export const workersColumns: readonly Column[] = [rate, column("ofIdeal", "of the ideal", 2), ...cost];
export const ingestsColumns: readonly Column[] = [rate, ...cost];
export const backlogColumns: readonly Column[] = [
  column("bodyBytes", "body bytes"),
  column("bytesPerEvent", "bytes waiting"),
  column("ofBody", "of its body", 2),
  column("bytesPerKey", "bytes a key"),
  column("ingestFirstMs", "ms to first 202"),
  column("workerFirstMs", "ms to first handled"),
  column("pageMs", "page ms", 1),
  column("doorUs", "door µs", 1),
  column("doorRedisUs", "its Redis µs", 1),
  column("dispatchUs", "dispatch µs", 1),
  column("dispatchRedisUs", "its Redis µs", 1),
  column("workUs", "work µs", 1),
  column("workRedisUs", "its Redis µs", 1),
];
