import { hostname } from "node:os";
import { performance } from "node:perf_hooks";
import type { Acceptance } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import { every } from "../every.ts";
import { toUnavailableCode } from "../failures.ts";
import type { Keeping } from "../keeping.ts";
import type { Metrics } from "../metrics.ts";
import type { Drained } from "./drain.ts";
import type { Spooled } from "./file-format.ts";
import { nodeFs } from "./file-system.ts";
import { keepReporting } from "./report.ts";
import { createSpool, type Spool, type SpoolOptions } from "./spool.ts";

export interface StartSpoolOptions {
  readonly redis: Redis;
  readonly folder: string;
  readonly maxBytes: number;
  /** The inbox's. */
  accept(spooled: Spooled): Promise<Acceptance>;
  readonly keeping: Pick<Keeping, "reason" | "suspect" | "syncs">;
  readonly metrics: Pick<Metrics, "kept">;
  readonly log: SpoolOptions["log"];
  /** @default 1000 */
  readonly everyMs?: number;
}

export interface RunningSpool extends Spool {
  /**
   * Keeps a delivery in Redis, and counts it: the spool sets a file aside only if others are taken meanwhile.
   */
  accept(spooled: Spooled): Promise<Acceptance>;
  stop(): Promise<void>;
}

const TELL_EVERY_MS = 60_000;

/** Opens the spool, drains it whenever Redis takes events, and tells Redis what it holds. */
export async function startSpool(options: StartSpoolOptions): Promise<RunningSpool> {
  const { redis, folder, maxBytes, keeping, metrics, log, everyMs = 1_000 } = options;
  let taken = 0;
  let isDraining = false;
  let toldAt = -Infinity;

  const accept = async (spooled: Spooled): Promise<Acceptance> => {
    const acceptance = await options.accept(spooled);
    taken += 1;
    return acceptance;
  };
  const onDrained = ({ delivery: { hook, body, receivedAt }, acceptance, wasLost }: Drained): void => {
    const { status, id } = acceptance;
    metrics.kept(status, hook, body.length);
    const fields = { eventId: id, hook, status, bytes: body.length, spooledMs: Date.now() - receivedAt };
    if (wasLost) log.warn(fields, "Redis had lost an event; the spool still had it");
    else log.info(fields, `${status} from the spool`);
  };
  const spool = createSpool({
    fs: nodeFs,
    folder,
    maxBytes,
    log,
    accept,
    canAccept: () => isDraining && keeping.reason() === undefined,
    syncs: () => keeping.syncs(),
    isRefusal: (error) => toUnavailableCode(error) === "INTERNAL",
    taken: () => taken,
    onDrained,
    onUnavailable: (err) => {
      log.warn({ err }, "the spool cannot be drained yet");
      if (!(err instanceof Error && err.name === "ReplyError")) keeping.suspect();
    },
    onRefused: ({ name }, err) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      log.warn({ err, file: name }, "a file of the spool was refused; it is tried again");
    },
    now: () => performance.now(),
    clock: () => Date.now(),
  });
  // Only a look: who starts has deliveries to take first.
  await spool.round();
  isDraining = true;
  const rounds = every(everyMs, () => spool.round());
  rounds.now();
  const stopReporting = keepReporting({
    redis,
    fs: nodeFs,
    folder,
    maxBytes,
    host: hostname(),
    state: () => spool.state(),
    everyMs,
  });
  return {
    ...spool,
    accept,
    async stop() {
      isDraining = false;
      await rounds.stop();
      await stopReporting();
    },
  };
}
