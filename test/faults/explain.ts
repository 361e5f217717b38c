/**
 * Why something happened that should not without a cause: a processor acted twice with the same key, or a process
 * ended. A cause must be recorded, and must have struck that very run or process.
 */
import type { Effect, ExitRecord, LedgerData, Order } from "./ledger.ts";

/** Orders after which the handler does not return, or is not believed. */
const REPEATING: ReadonlySet<Order> = new Set(["throw", "hang", "deaf", "exit", "block", "later"]);

/** A run began at most so long before its effect, ms; and was recorded so long after it, unless a fault struck. */
const BEFORE_MS = 1_000;
const AFTER_MS = 2_500;
/** What a fault of Redis or the network leaves behind: connections that are renewed, locks that ran out, ms. */
const AFTERMATH_MS = 3_000;

/** Faults of Redis that hurt no run: ingest alone heeds them. */
const HARMLESS: ReadonlySet<string> = new Set(["redis nearly full"]);

/** @returns the cause; undefined if there is none */
export function explainRepeat(before: Effect, after: Effect, ledger: LedgerData): string | undefined {
  if (REPEATING.has(before.order)) return `ordered to ${before.order}`;
  const from = before.at - BEFORE_MS;
  const until = Math.min(before.at + AFTER_MS, after.at);
  const overlaps = (start: number, end: number): boolean => start <= until && end >= from;

  // First what struck this very worker; what struck all is the weaker reason.
  const exit = ledger.exits.find(({ pid, at }) => pid === before.pid && overlaps(at, at));
  if (exit) return `its worker ended: ${exit.because ?? exit.signal ?? `exit code ${exit.code}`}`;
  const stall = ledger.stalls.find(({ pid, at, ms }) => pid === before.pid && overlaps(at - ms, at));
  if (stall) return "its event loop stood still";
  const own = ledger.faults.find(
    (fault) => fault.pids?.includes(before.pid) && overlaps(fault.from, fault.until),
  );
  if (own) return own.kind;
  const common = ledger.faults.find(
    (fault) =>
      fault.pids === undefined &&
      !HARMLESS.has(fault.kind) &&
      overlaps(fault.from, fault.until + AFTERMATH_MS),
  );
  return common?.kind;
}

/** Exit codes with which a worker ends because of a handler, and the order that the handler had. */
const CODES: Readonly<Record<number, Order>> = { 9: "exit", 70: "deaf" };
/** With which an app ends whose stop takes longer than it may: without Redis it cannot hand back what it has. */
const CUT_SHORT = 1;
/** What a stop may take here, ms. */
const STOP_MS = 8_000;

/** @returns the cause; undefined if there is none */
export function explainExit(exit: ExitRecord, ledger: LedgerData): string | undefined {
  const { because, code, pid, at } = exit;
  if (because === "could not start")
    return ledger.faults.some(
      (fault) => fault.pids === undefined && fault.from <= at && fault.until >= at - 45_000,
    )
      ? "it started while Redis was away"
      : undefined;
  if (because !== undefined) return because;
  const wasOrdered = (order: Order): boolean =>
    ledger.effects.some((effect) => effect.pid === pid && effect.order === order);
  if (code === CUT_SHORT && wasOrdered("deaf")) {
    const fault = ledger.faults.find(
      ({ pids, from, until }) => pids === undefined && from <= at && until + AFTERMATH_MS >= at - STOP_MS,
    );
    return fault && `a handler was ordered to deaf, and its worker could not stop in time: ${fault.kind}`;
  }
  const order = code === null ? undefined : CODES[code];
  return order && wasOrdered(order) ? `a handler was ordered to ${order}` : undefined;
}
