import type { Random } from "../random.ts";
import type { World } from "../world.ts";

/** What a fault strikes. Two that strike the same never overlap; others may. */
export type Resource = "redis" | "door" | "ingest" | "worker" | "console" | "handlers" | "launcher";

/** @typeParam W what it strikes in */
export interface Fault<W = World> {
  readonly kind: string;
  readonly resource: Resource;
  /** The least and the most that it lasts, ms, as far as it is not over at once. */
  readonly lasts: readonly [number, number];
  /** Begins it; when this returns it is under way. */
  start(world: W, random: Random): Promise<Active>;
}

export interface Active {
  /** What it struck, for people. */
  readonly target: string;
  /** Processes that can have been hurt; absent where it can have hurt all. */
  readonly pids?: readonly number[];
  /** When Redis may have acknowledged what is lost now, by the ledger's clock; absent: never. */
  readonly mayLose?: { readonly from: number; readonly until: number };
  /** Ends it and waits until what it struck is back. */
  stop(): Promise<void>;
}

export const AT_ONCE = [0, 0] as const;

/** How long before its master ends a replica may not have what that acknowledged, ms: on one machine it has it within some. */
export const LOST_BEFORE_MS = 1_000;
