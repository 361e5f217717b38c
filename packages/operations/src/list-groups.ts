import { listDeadGroups } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Context } from "./context.ts";
import type { DeadGroup, DeadGroupState } from "./dead-group.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";
import { inTurn } from "./in-turn.ts";
import { toGroup, toGroupWithExample } from "./read-group.ts";

export interface ListGroupsOptions {
  readonly processor?: string | undefined;
  readonly state?: DeadGroupState | undefined;
  /** With the newest letter of each group, whose body has to be read for that. @default true */
  readonly examples?: boolean;
}

const READ_AT_ONCE = 8;
const ORDER: readonly DeadGroupState[] = ["reopened", "open", "resolved"];

/**
 * Dead letters by how they failed, problems first: what came back after it was resolved, then what is open, then
 * what is resolved; within these the group in which a letter died last. Of each processor at most the 500 groups
 * with the latest deaths.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function listGroups(
  context: Context,
  { processor, state, examples = true }: ListGroupsOptions = {},
): Promise<readonly DeadGroup[]> {
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  const now = await redisTime(context.redis);
  const records = (await inTurn(names, 2, (name) => listDeadGroups(context.redis, name, { now }))).flat();
  const wanted = records.filter((record) => state === undefined || toGroup(record).state === state);
  const groups = examples
    ? await inTurn(wanted, READ_AT_ONCE, (record) => toGroupWithExample(context, record))
    : wanted.map(toGroup);
  return groups.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.lastDiedAt - a.lastDiedAt,
  );
}
