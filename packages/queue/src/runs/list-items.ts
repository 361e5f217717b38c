import { keys, type Redis } from "@misskeep/redis";
import { nextMembers, type Place } from "../dead-index/walk.ts";
import type { RecordedEnd, RunEntry } from "../run-record.ts";
import { ITEM_STATES } from "./item-states.ts";
import type { PageOptions } from "./page-options.ts";
import type { RunItem, RunItemState, RunKind } from "./run.ts";
import { settleItems } from "./settle-items.ts";
import type { StoredRun } from "./stored-run.ts";

export interface RunItemPage {
  /** Those that changed last come first. */
  readonly items: readonly RunItem[];
  readonly next: Place | undefined;
}

const WHY_SKIPPED: Readonly<Record<RunKind, string>> = {
  replay: "It was no longer the dead letter that was planned: somebody else replayed or discarded it.",
  discard: "It was no longer the dead letter that was planned: somebody else replayed or discarded it.",
  recover: "It was no longer discarded, or somebody else had discarded it again.",
  backfill: "The inbox no longer held it.",
};
const LONGEST_MESSAGE = 500;

/** A page of what became of a run's jobs; of all states, or of one. */
export async function listItems(
  redis: Redis,
  run: StoredRun,
  { state, limit, before }: PageOptions & { readonly state?: RunItemState | undefined },
): Promise<RunItemPage> {
  const { processor, id } = run;
  const states = state === undefined ? ITEM_STATES : [state];
  const pages = await Promise.all(
    states.map(async (each) => {
      const members = await lastMembers(redis, keys.runItems(processor, id, each), before, limit + 1);
      return members.map((item) => ({ ...item, state: each }));
    }),
  );
  const found = pages
    .flat()
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
    .slice(0, limit + 1);
  const open = found.filter((item) => item.state === "running" || item.state === "failing");
  await settleItems(
    redis,
    run,
    open.map((item) => item.id),
  );
  const page = found.slice(0, limit);
  const items = await Promise.all(page.map((item) => toItem(redis, run, item)));
  const last = page.at(-1);
  return { items, next: found.length > limit && last ? { id: last.id, score: last.score } : undefined };
}

/** At least so many members before a place, the last first, unless there are no more. */
async function lastMembers(
  redis: Redis,
  key: string,
  before: Place | undefined,
  count: number,
): Promise<readonly Place[]> {
  const found: Place[] = [];
  let after = before;
  for (;;) {
    const { members, ended } = await nextMembers(redis, key, { descending: true, after, chunk: count });
    found.push(...members);
    if (ended || found.length >= count) return found;
    after = members.at(-1);
  }
}

/** Reads an item's state again, since the look may have changed it, and why it failed from its job. */
async function toItem(
  redis: Redis,
  { processor, id: run, about }: StoredRun,
  { id, score, state }: Place & { state: RunItemState },
): Promise<RunItem> {
  const now =
    state === "running" || state === "failing" ? await stateNow(redis, processor, run, id) : undefined;
  const item = { id, state: now?.state ?? state, at: now?.at ?? score };
  if (item.state === "skipped") return { ...item, message: WHY_SKIPPED[about.kind] };
  if (item.state !== "dead" && item.state !== "failing") return { ...item, message: null };
  const [outcome, history] = await redis.hmget(keys.queue(processor, id), "mk:outcome", "mk:history");
  const end = outcome ? (JSON.parse(outcome) as RecordedEnd) : undefined;
  const last = history ? (JSON.parse(history) as RunEntry[]).at(-1) : undefined;
  const error = end?.type === "dead" ? end.error : last?.error;
  return { ...item, message: error ? `${error.name}: ${error.message}`.slice(0, LONGEST_MESSAGE) : null };
}

async function stateNow(
  redis: Redis,
  processor: string,
  run: string,
  id: string,
): Promise<{ state: RunItemState; at: number } | undefined> {
  const scores = await Promise.all(
    ITEM_STATES.map((state) => redis.zscore(keys.runItems(processor, run, state), id)),
  );
  const index = scores.findIndex((score) => score !== null);
  const state = ITEM_STATES[index];
  return state && { state, at: Number(scores[index]) };
}
