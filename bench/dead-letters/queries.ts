import { type Context, type DeadFilter, type DeadQuery, listDead, listGroups } from "@misskeep/operations";
import { findDeadIds } from "@misskeep/queue";
import { PROCESSOR } from "./fill.ts";

const PAGE = { sort: "newest", limit: 50 } as const;

/** What a person does at the desk, by name. `text` has no index, and so no limit of its own. */
export async function queriesOf(
  context: Context,
  count: number,
  now: number,
): Promise<ReadonlyMap<string, () => Promise<unknown>>> {
  const groups = await listGroups(context, { processor: PROCESSOR, examples: false });
  const [group] = groups.toSorted((a, b) => b.count - a.count);
  const list = (filter: Omit<DeadFilter, "processor">, more: Partial<DeadQuery> = {}) => {
    return () => listDead(context, { ...PAGE, filter: { processor: PROCESSOR, ...filter }, ...more });
  };
  const middle = await cursorAt(context, Math.floor(count / 2));
  const end = await cursorAt(context, count - 60);
  const person = "@user17@host17.example";
  return new Map<string, () => Promise<unknown>>([
    ["first page", list({})],
    ["first page of all processors", () => listDead(context, { ...PAGE, filter: {} })],
    ["middle page", list({}, { cursor: middle })],
    ["last page", list({}, { cursor: end })],
    ["oldest first", list({}, { sort: "oldest" })],
    ["most attempts first", list({}, { sort: "attempts" })],
    ["by group", list({ group: group?.group })],
    ["by type", list({ type: "mention" })],
    ["by hook", list({ hook: "friends" })],
    ["by error", list({ error: "TimedOut" })],
    ["by person", list({ person })],
    ["by attempts", list({ minAttempts: 10, maxAttempts: 15 })],
    ["by time", list({ diedAfter: now - 4 * 86_400_000, diedBefore: now - 3 * 86_400_000 })],
    ["by type and error", list({ type: "mention", error: "TimedOut" })],
    [
      "by type, hook, error and attempts",
      list({ type: "mention", hook: "friends", error: "Error", minAttempts: 3 }),
    ],
    ["by person and group", list({ person, group: group?.group })],
    ["by hook, most attempts first", list({ hook: "friends" }, { sort: "attempts" })],
    // Both have very many letters, and none in common: nothing but the bound on what is looked at ends it.
    ["by two that never meet", list({ group: group?.group, error: "TimedOut" })],
    ["by two that seldom meet", list({ group: group?.group, maxAttempts: 4, minAttempts: 4 })],
    ["by text (2,000 bodies looked at)", list({ text: "nowhere to be found" })],
    ["groups", () => listGroups(context)],
  ]);
}

/** Walks to a place of the list. */
async function cursorAt({ redis }: Context, place: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let left = place; left > 0;) {
    const query = { filter: {}, ...PAGE, limit: Math.min(left, 500), cursor };
    const { letters, next } = await findDeadIds(redis, PROCESSOR, query);
    if (next === null || letters.length === 0) break;
    cursor = next;
    left -= letters.length;
  }
  return cursor;
}
