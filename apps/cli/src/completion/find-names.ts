import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@misskeep/operations";
import type { Deps } from "../deps.ts";
import { oneLine } from "../text/safe.ts";
import { count } from "../text/words.ts";
import type { Candidate, Names } from "./complete.ts";

/** Whoever presses a key waits no longer. */
const WITHIN_MS = 1_500;
const MOST_RUNS = 20;

/** Names for a shell; none where Redis does not answer at once: a shell shows no errors. */
export async function findNames(deps: Deps, what: Names): Promise<readonly Candidate[]> {
  const found = read(deps, what).catch(() => []);
  return Promise.race([found, sleep(WITHIN_MS, [], { ref: false })]);
}

async function read(deps: Deps, what: Names): Promise<readonly Candidate[]> {
  const [{ listGroups, listProcessors, listRuns }, { withContext }] = await Promise.all([
    import("@misskeep/operations"),
    import("../with-context.ts"),
  ]);
  const readers: Record<Names, (context: Context) => Promise<readonly Candidate[]>> = {
    processor: async (context) =>
      (await listProcessors(context)).map(({ name, dead }) => ({
        word: name,
        about: count(dead, "dead letter"),
      })),
    group: async (context) =>
      (await listGroups(context, { examples: false })).map(({ group, processor, error }) => ({
        word: group,
        about: `${processor}, ${oneLine(error.name)}`,
      })),
    run: async (context) =>
      (await listRuns(context, { limit: MOST_RUNS })).runs.map(({ id, state, name }) => ({
        word: id,
        about: `${state}, ${oneLine(name)}`,
      })),
  };
  const terminal = { ...deps.terminal, passing: () => {} };
  return withContext({ ...deps, terminal }, readers[what]);
}
