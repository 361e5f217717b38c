import { type Context, listRuns, type Run } from "@misskeep/operations";

const ENDED: ReadonlySet<Run["state"]> = new Set(["done", "cancelled"]);
const PAGES = 5;
const PAGE = 50;

/** Runs that have not ended, newest first; those that wait for a person included. */
export async function runsUnderWay(context: Context, expected: number): Promise<readonly Run[]> {
  const found: Run[] = [];
  let cursor: string | undefined;
  // One that has waited for long may lie behind many that ended since.
  for (let page = 0; page < PAGES; page += 1) {
    const { runs, next } = await listRuns(context, { limit: PAGE, cursor });
    found.push(...runs.filter(({ state }) => !ENDED.has(state)));
    if (found.length >= expected || next === null) break;
    cursor = next;
  }
  return found;
}
