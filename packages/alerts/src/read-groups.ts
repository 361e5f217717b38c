import { toGroup } from "@misskeep/operations";
import { findDeadGroup, listDeadGroups } from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";
import { fromGroupId } from "./causes/dead-groups.ts";
import type { GroupFacts } from "./facts.ts";

/** Of each processor, those in which something died last: a new and a reopened one are among them. */
const NEWEST = 100;
/** Of the older ones that people were told of, so many are looked at each time. */
const OLDER = 20;

export interface FoundGroups {
  readonly groups: readonly GroupFacts[];
  /** Ids of known causes that were not looked at this time: nothing is known of them. */
  readonly unseen: ReadonlySet<string>;
}

/**
 * Reads groups of dead letters, in bounded time however many there are: a processor whose every error differs must
 * not keep people from hearing of anything else.
 *
 * @param known ids of the causes that people were told of
 * @param now ms since 1970
 */
export async function readGroups(
  redis: Redis,
  processors: readonly string[],
  known: readonly string[],
  now: number,
): Promise<FoundGroups> {
  const groups: GroupFacts[] = [];
  const unseen = new Set<string>();
  for (const processor of processors) {
    const newest = await listDeadGroups(redis, processor, { now, limit: NEWEST });
    groups.push(...newest.map(toGroup));
    if (newest.length < NEWEST) continue;
    const listed = new Set(newest.map(({ group }) => group));
    const older = known.flatMap((id) => {
      const of = fromGroupId(id);
      return of?.processor === processor && !listed.has(of.group) ? { id, group: of.group } : [];
    });
    const { taken, left } = takeSome(older);
    for (const { id } of left) unseen.add(id);
    for (const { group } of taken) {
      const found = await findDeadGroup(redis, processor, group, now);
      if (found) groups.push(toGroup(found));
    }
  }
  return { groups, unseen };
}

/** By chance, so that nobody has to remember whose turn it is. */
function takeSome<T>(all: readonly T[]): { readonly taken: readonly T[]; readonly left: readonly T[] } {
  const start = Math.floor(Math.random() * all.length);
  const turned = [...all.slice(start), ...all.slice(0, start)];
  return { taken: turned.slice(0, OLDER), left: turned.slice(OLDER) };
}
