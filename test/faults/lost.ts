/**
 * What a failover may take with it. Replication does not wait for anybody, so that what the old master acknowledged right
 * before it went may have reached no replica. That is a loss only where Redis acknowledged it in that time and never
 * outside of it: what the spool answered for is given to the new master again.
 */
import type { LedgerData, Send } from "./ledger.ts";
import { judgeAnswer } from "./misskey-backoff.ts";

type Faults = Pick<LedgerData, "faults">;

/** @param sends of one event, which was acknowledged */
export function mayBeLost(sends: readonly Send[], { faults }: Faults): boolean {
  return sends
    .filter(({ status }) => judgeAnswer(status) === "done")
    .every(
      ({ id, from, until }) =>
        id !== null &&
        faults.some(({ mayLose }) => mayLose && from <= mayLose.until && until >= mayLose.from),
    );
}

/** Whether the entry of this id may have been lost after its jobs ran. */
export function mayBeForgotten(eventId: string, { faults, beganAt }: Faults & { beganAt: number }): boolean {
  // The time at which Redis accepted it, by its wall clock.
  const at = Number(eventId.split("-")[1]) - beganAt;
  return faults.some(({ mayLose }) => mayLose && at >= mayLose.from && at <= mayLose.until);
}
