import { keys, type Redis } from "@misskeep/redis";
import { itemKeys, ITEM_STATES } from "./item-states.ts";
import { type Sought, withSought } from "./sought.ts";
import type { Run, RunGuard, RunItemState, RunState } from "./run.ts";

/** What of a run never changes. */
export interface RunAbout extends Pick<
  Run,
  "name" | "kind" | "scope" | "by" | "why" | "createdAt" | "ratePerSecond" | "guard"
> {
  /** Letters that die later, and events that come later, are not meant. ms since 1970 */
  readonly until: number;
}

/** A run as it is stored. */
export interface StoredRun {
  readonly id: string;
  readonly processor: string;
  readonly about: RunAbout;
  readonly state: RunState;
  readonly stateWhy: string | null;
  readonly endedAt: number | null;
  /** As planned; once `selected`, as selected. */
  readonly total: number;
  /** How far the selection of its jobs is; opaque. */
  readonly cursor: string;
  /** Whether all its jobs are selected. Before that none is dealt with. */
  readonly selected: boolean;
  /** A guard that still has to decide. */
  readonly guard: RunGuard | null;
}

/** How many of a run's jobs are in each state. */
export type ItemCounts = Readonly<Record<RunItemState | "planned", number>>;

/** @returns undefined if there is no such run (any more) */
export async function readRun(redis: Redis, processor: string, id: string): Promise<StoredRun | undefined> {
  const fields = await redis.hgetall(keys.run(processor, id));
  const { about: text, state, sought } = fields as { about?: string; state?: RunState; sought?: string };
  if (text === undefined || state === undefined) return undefined;
  const stored = JSON.parse(text) as RunAbout;
  const about =
    sought === undefined
      ? stored
      : { ...stored, scope: withSought(stored.scope, JSON.parse(sought) as Sought) };
  return {
    id,
    processor,
    about,
    state,
    stateWhy: fields["stateWhy"] || null,
    endedAt: fields["endedAt"] === undefined ? null : Number(fields["endedAt"]),
    total: Number(fields["total"]),
    cursor: fields["cursor"] ?? "",
    selected: fields["selected"] !== undefined,
    guard: fields["guard"] === undefined ? about.guard : null,
  };
}

/** Counts a run's jobs: exact at any moment, since each is in one set. */
export async function countItems(redis: Redis, processor: string, id: string): Promise<ItemCounts> {
  const [planned = 0, ...counts] = await Promise.all(itemKeys(processor, id).map((key) => redis.zcard(key)));
  const byState = ITEM_STATES.map((state, i) => [state, counts[i] ?? 0] as const);
  return { planned, ...(Object.fromEntries(byState) as Record<RunItemState, number>) };
}

/** A run as the outside sees it. */
export function toRun(record: StoredRun, { planned: _, ...items }: ItemCounts): Run {
  const { id, processor, about, state, stateWhy, endedAt, total } = record;
  const { name, kind, scope, by, why, createdAt, ratePerSecond, guard } = about;
  return {
    id,
    name,
    kind,
    processor,
    scope,
    by,
    why,
    state,
    stateWhy,
    createdAt,
    endedAt,
    ratePerSecond,
    guard,
    total,
    done: Object.values(items).reduce((sum, count) => sum + count, 0),
    items,
  };
}
