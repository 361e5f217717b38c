/**
 * Where a delivery is kept: in Redis, or else on disk.
 *
 * | Redis | the delivery |
 * |---|---|
 * | is known to take nothing | is spooled at once |
 * | takes it within 2.4 s | is accepted, or known already |
 * | does not, or refuses it, for whatever reason | is spooled; Redis may have it too, and then knows the spooled copy |
 */
import type { Acceptance } from "@misskeep/inbox";
import type { UnavailableCode } from "./answers.ts";
import { within } from "./deadline.ts";
import { toUnavailableCode } from "./failures.ts";
import type { Keeping } from "./keeping.ts";
import type { Spooled } from "./spool/file-format.ts";
import type { Spool } from "./spool/spool.ts";

export interface KeepOptions {
  /** The inbox's. */
  accept(spooled: Spooled): Promise<Acceptance>;
  readonly keeping: Pick<Keeping, "reason" | "suspect">;
  readonly spool: Pick<Spool, "put">;
  readonly log: { error(fields: object, message: string): void };
}

export type Kept =
  Acceptance | { readonly status: "spooled"; readonly id: null; readonly reason: UnavailableCode };

/** The promise is 2.5 s; with the spool's time it stays below the 5 s after which Misskey gives up. */
const REDIS_MS = 2_400;
const SPOOL_MS = 1_800;

/** @returns a function that keeps a delivery. It throws SpoolRefused where nothing can. */
export function createKeep({
  accept,
  keeping,
  spool,
  log,
}: KeepOptions): (spooled: Spooled) => Promise<Kept> {
  const toSpool = async (spooled: Spooled, reason: UnavailableCode): Promise<Kept> => {
    await spool.put(spooled, SPOOL_MS);
    return { status: "spooled", id: null, reason };
  };
  return async (spooled) => {
    const known = keeping.reason();
    if (known !== undefined) return toSpool(spooled, known);
    try {
      return await within(REDIS_MS, accept(spooled));
    } catch (error) {
      const reason = toUnavailableCode(error);
      // One that answers that it cannot is not silent: asking it again costs nothing.
      const isSilent = !(error instanceof Error && error.name === "ReplyError");
      if (reason === "REDIS_UNAVAILABLE" && isSilent) keeping.suspect();
      if (reason === "INTERNAL")
        log.error({ err: error, hook: spooled.delivery.hook, code: reason }, "Redis refused an event");
      return toSpool(spooled, reason);
    }
  };
}
