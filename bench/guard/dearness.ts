import type { Row } from "../measure/row.ts";

/** What the door costs beside bare Fastify, in one run. */
export interface Dearness {
  /** Of ingest's process, µs of CPU a delivery. */
  readonly oursUs: number;
  readonly bareUs: number;
  readonly ratio: number;
}

/**
 * The best rounds of both are compared: what else the machine does makes a round dearer, a regression makes all.
 *
 * @throws Error if one of the two was not measured: nothing would be guarded
 */
export function dearnessOf(rows: readonly Row[]): Dearness {
  const best = (name: string): number => {
    const us = rows.find((row) => row.name === name)?.figures["cpuUs"]?.min ?? NaN;
    if (!(us > 0)) throw new Error(`The CPU of ${name} was not measured`);
    return us;
  };
  const [oursUs, bareUs] = [best("misskeep"), best("bare")];
  return { oursUs, bareUs, ratio: oursUs / bareUs };
}

/** Both figures, in a sentence. @param most how often the CPU of bare Fastify is allowed */
export function describeDearness({ oursUs, bareUs, ratio }: Dearness, most: number): string {
  return (
    `Ingest takes ${oursUs.toFixed(0)} µs of CPU for a delivery, bare Fastify ${bareUs.toFixed(0)} µs in the same run: ` +
    `${ratio.toFixed(2)} times as much, and ${most} times are allowed.`
  );
}

/** What to do where that is too much. */
export const ADVICE =
  "Something became dearer on the way from the request to the 202: compare `npm run bench -- --quick --only door` " +
  "before and after the change, and see where the time goes with bench/profile/main.ts.";
