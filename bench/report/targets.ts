/**
 * What was to be reached, beside what was: ratios of medians of one run, so that the machine matters little.
 */
import type { Row } from "../measure/row.ts";
import type { Table } from "./table.ts";

export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly got: number;
  readonly isReached: boolean;
}

type Bound = readonly ["at least" | "at most", number];

/** @returns those whose tables were measured */
export function targetsOf(tables: readonly Table[]): readonly Target[] {
  const figure = (table: string, row: string, key: string): number =>
    rowOf(tables, table, row)?.figures[key]?.median ?? NaN;
  const ratio = (table: string, key: string, row: string, beside: string): number =>
    figure(table, row, key) / figure(table, beside, key);
  const door = (key: string, beside: string): number => ratio("door", key, "misskeep", beside);
  const largest = tables.find(({ id }) => id === "backlog")?.rows.at(-1)?.name ?? "";
  const smallest = tables.find(({ id }) => id === "backlog")?.rows[0]?.name ?? "";
  const flat = (key: string): number => figure("backlog", largest, key) / figure("backlog", smallest, key);

  const all: readonly (readonly [what: string, got: number, bound: Bound])[] = [
    ["door: rate, beside the tutorial's", door("rate", "tutorial"), ["at least", 1.5]],
    ["door: CPU with Redis', beside the tutorial's", door("totalUs", "tutorial"), ["at most", 0.65]],
    ["door: rate, beside the tutorial's with a window", door("rate", "tutorial-window"), ["at least", 2]],
    [
      "door: CPU with Redis', beside the tutorial's with a window",
      door("totalUs", "tutorial-window"),
      ["at most", 0.5],
    ],
    ["door: Node's CPU, beside bare Fastify's", door("cpuUs", "bare"), ["at most", 1.5]],
    ...["bare", "tutorial", "tutorial-window"].map(
      (beside) =>
        [
          `202: p99 at the same rate, beside ${beside}`,
          ratio("latency-202-everysec", "p99", "misskeep", beside),
          ["at most", 1],
        ] as const,
    ),
    [
      "path: CPU with Redis', beside the tutorial's",
      ratio("path", "totalUs", "misskeep-1", "tutorial"),
      ["at most", 1],
    ],
    ...["sidekiq", "rq", "celery"].map(
      (beside) =>
        [
          `path without HTTP: CPU, beside ${beside}`,
          ratio("burn-down", "totalUs", "misskeep", beside),
          ["at most", 1],
        ] as const,
    ),
    [
      "path: CPU with 20 processors and 1 interested, beside 1",
      ratio("path", "totalUs", "misskeep-20", "misskeep-1"),
      ["at most", 1.1],
    ],
    [
      "receipt to handled, idle, always: p99 ms",
      figure("latency-idle-always", "misskeep-1", "p99"),
      ["at most", 25],
    ],
    ["an idempotency key: bytes", figure("backlog", largest, "bytesPerKey"), ["at most", 150]],
    ["a waiting event: bytes, beside its body's", figure("backlog", largest, "ofBody"), ["at most", 1.5]],
    ["door: CPU with Redis', with the backlog beside with few", flat("doorSumUs"), ["at most", 1.1]],
    ["dispatch: the same", flat("dispatchSumUs"), ["at most", 1.1]],
    ["work: the same", flat("workSumUs"), ["at most", 1.1]],
    [
      "ingest: ms from its start to the first 202",
      figure("backlog", smallest, "ingestFirstMs"),
      ["at most", 500],
    ],
  ];
  return all
    .filter(([, got]) => !Number.isNaN(got))
    .map(([what, got, [direction, bound]]) => ({
      what,
      wanted: `${direction} ${bound}`,
      got,
      isReached: direction === "at least" ? got >= bound : got <= bound,
    }));
}

export function rowOf(tables: readonly Table[], table: string, row: string): Row | undefined {
  return tables.find(({ id }) => id === table)?.rows.find(({ name }) => name === row);
}
