import { keys, type Redis } from "@misskeep/redis";
import { itemKeys, ITEM_STATES, PLANNED } from "./item-states.ts";
import type { RunItemState } from "./run.ts";
import { scripts } from "./scripts.ts";
import type { StoredRun } from "./stored-run.ts";

export interface ItemMove {
  readonly id: string;
  readonly from: RunItemState | typeof PLANNED;
  readonly to: RunItemState;
}

/** Records what became of jobs of a run. One that is no longer in `from` stays where it is. */
export async function moveItems(
  redis: Redis,
  { processor, id }: Pick<StoredRun, "processor" | "id">,
  moves: readonly ItemMove[],
): Promise<void> {
  if (moves.length === 0) return;
  const places = [PLANNED, ...ITEM_STATES];
  await scripts.move.run(
    redis,
    [keys.run(processor, id), ...itemKeys(processor, id)],
    [
      Date.now(),
      ...moves.flatMap((move) => [move.id, places.indexOf(move.from) + 1, places.indexOf(move.to) + 1]),
    ],
  );
}
