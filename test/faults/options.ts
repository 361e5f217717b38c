/** The command line of `npm run test:faults`. */
import { parseArgs } from "node:util";

export interface Options {
  readonly what: "faults" | "failovers" | "whole" | "canaries" | "fuzz" | "soak" | "write-up";
  readonly isLong: boolean;
  readonly seed: number;
  readonly events: number;
  readonly rate: number;
  readonly faults: number;
  /** Parts of the kinds that may strike; empty: all. */
  readonly only: readonly string[];
  /** How many replicas the master wants, to take writes. */
  readonly minReplicas: number;
  readonly requests: number;
  readonly minutes: number;
  /** Another built copy of the repository. */
  readonly root: string | undefined;
  readonly report: string | undefined;
  /** The folder in which each form leaves its record, and from whose records the report is written. */
  readonly records: string | undefined;
  readonly ledger: string | undefined;
}

const RUNS = {
  long: { events: 100_000, rate: 80, faults: 200, requests: 1_000_000 },
  short: { events: 1_800, rate: 20, faults: 40, requests: 20_000 },
};
/** A failover takes some ten seconds until all is as before. */
const FAILOVERS = {
  long: { ...RUNS.long, events: 20_000, rate: 20, faults: 120 },
  short: { ...RUNS.short, events: 600, rate: 10, faults: 8 },
};

/** @throws Error for an unknown option or a number that is none */
export function parseOptions(args: readonly string[], randomSeed: number): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      long: flag,
      canaries: flag,
      fuzz: flag,
      soak: flag,
      whole: flag,
      sentinels: flag,
      "write-up": flag,
      "min-replicas": text,
      seed: text,
      events: text,
      rate: text,
      faults: text,
      only: text,
      requests: text,
      minutes: text,
      root: text,
      report: text,
      records: text,
      ledger: text,
    },
  });
  const base = (values.sentinels ? FAILOVERS : RUNS)[values.long ? "long" : "short"];
  const number = (given: string | undefined, otherwise: number): number => {
    const value = given === undefined ? otherwise : Number(given);
    if (!Number.isFinite(value) || value < 0) throw new Error(`${given} is no number.`);
    return value;
  };
  return {
    what: values["write-up"]
      ? "write-up"
      : values.canaries
        ? "canaries"
        : values.fuzz
          ? "fuzz"
          : values.soak
            ? "soak"
            : values.whole
              ? "whole"
              : values.sentinels
                ? "failovers"
                : "faults",
    isLong: values.long,
    seed: number(values.seed, randomSeed),
    events: number(values.events, base.events),
    rate: number(values.rate, base.rate),
    faults: number(values.faults, base.faults),
    only: values.only?.split(",") ?? [],
    minReplicas: number(values["min-replicas"], 1),
    requests: number(values.requests, base.requests),
    minutes: number(values.minutes, 60),
    root: values.root,
    report: values.report,
    records: values.records,
    ledger: values.ledger,
  };
}
