/**
 * What happened, seen from outside of the system: what was sent and acknowledged, every effect of a processor, every
 * fault, every end of a process. It holds what the invariants are judged by, and writes each line to a file too, for
 * people who look into a failed run.
 *
 * Times are ms since the run began, by the suite's monotonic clock: the faults shift others'.
 */
import { createWriteStream, type WriteStream } from "node:fs";
import { performance } from "node:perf_hooks";
import type { Kind } from "./bodies.ts";

export interface SentEvent {
  readonly index: number;
  readonly kind: Kind;
  readonly digest: string;
}

export interface Send {
  readonly index: number;
  readonly from: number;
  readonly until: number;
  /** undefined: no answer, for the reason in `error`. */
  readonly status?: number;
  readonly error?: string;
  /** As answered; null where it was spooled. */
  readonly id?: string | null;
}

export interface Effect {
  readonly at: number;
  readonly processor: string;
  /** The raw header; a step's ends with its name. */
  readonly key: string;
  /** The event's id, as the processor was given it. */
  readonly eventId: string;
  readonly attempt: number;
  readonly pid: number;
  /** What the receiver told the handler to do. */
  readonly order: Order;
}

/** `fine` is no order; after `throw` nothing took effect. */
export type Order =
  "fine" | "throw" | "slow" | "hang" | "deaf" | "exit" | "block" | "permanent" | "ignore" | "later";

export interface FaultRecord {
  readonly kind: string;
  /** What was hit; for people. */
  readonly target: string;
  readonly from: number;
  readonly until: number;
  /** Processes that it hit; absent where it can have hit all that use Redis. */
  readonly pids?: readonly number[];
  /** When Redis may have acknowledged what a failover then lost; absent: never. */
  readonly mayLose?: { readonly from: number; readonly until: number };
}

export interface ExitRecord {
  readonly app: string;
  readonly pid: number;
  readonly at: number;
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it was to be expected; absent: it was not. */
  readonly because?: string;
  /** The end of its output, where it was not expected. */
  readonly output?: string;
}

/** A process said that its event loop stood still. */
export interface StallRecord {
  readonly app: string;
  readonly pid: number;
  readonly at: number;
  readonly ms: number;
}

export interface LedgerData {
  readonly sent: readonly SentEvent[];
  readonly sends: readonly Send[];
  readonly effects: readonly Effect[];
  readonly faults: readonly FaultRecord[];
  readonly exits: readonly ExitRecord[];
  readonly stalls: readonly StallRecord[];
  /** When the run began, by the wall clock, ms. */
  readonly beganAt: number;
}

type Kinds = { [K in Exclude<keyof LedgerData, "beganAt">]: LedgerData[K][number] };

export interface Ledger extends LedgerData {
  /** ms since the run began */
  now(): number;
  add<K extends keyof Kinds>(kind: K, record: Kinds[K]): void;
  /** The file is complete then. */
  close(): Promise<void>;
}

export function openLedger(file: string): Ledger {
  const out: WriteStream = createWriteStream(file, { flags: "wx" });
  const began = performance.now();
  const data: { [K in keyof Kinds]: Kinds[K][] } = {
    sent: [],
    sends: [],
    effects: [],
    faults: [],
    exits: [],
    stalls: [],
  };
  return {
    ...data,
    beganAt: Date.now(),
    now: () => Math.round(performance.now() - began),
    add(kind, record) {
      data[kind].push(record);
      out.write(`${JSON.stringify({ kind, ...record })}\n`);
    },
    close: () => new Promise((resolve) => out.end(() => resolve())),
  };
}
