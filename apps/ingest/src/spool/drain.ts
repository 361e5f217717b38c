/**
 * Gives spooled deliveries to Redis, and removes a file only once nothing can lose its event any more.
 *
 * | what happens | the file |
 * |---|---|
 * | Redis takes it, and syncs before it answers | goes |
 * | Redis takes it, and syncs later or perhaps never, or may be replaced by a replica | stays 60 s and is given once more: known, it goes; new, Redis had lost it, and the 60 s begin again |
 * | Redis is away or takes nothing | stays; the pass ends |
 * | Redis refuses it, or it cannot be read, while others go in | stays; the fifth time it is set aside |
 * | it is broken | is set aside |
 * | it is gone | another ingest was faster |
 *
 * Any number of ingests may drain one folder, since accepting is idempotent. A crash at any point repeats at most
 * something that is known then.
 */
import { setImmediate as yieldToOthers } from "node:timers/promises";
import { join } from "node:path";
import type { Acceptance } from "@misskeep/inbox";
import { BrokenSpoolFile, decodeSpooled, type Spooled } from "./file-format.ts";
import type { SpoolFileName } from "./file-name.ts";
import { isMissing, type SpoolFs } from "./file-system.ts";

export interface DrainDeps {
  readonly fs: Pick<SpoolFs, "read" | "remove">;
  readonly folder: string;
  accept(spooled: Spooled): Promise<Acceptance>;
  canAccept(): boolean;
  /**
   * What stands for the connection over which Redis answers only after it has synced; undefined if it answers before,
   * if that is not known, or if a replica may take its place.
   */
  syncs(): number | undefined;
  /** Whether an error speaks of what was given to Redis, and not of Redis' state. */
  isRefusal(error: unknown): boolean;
  /** How many deliveries Redis has taken from this process so far. */
  taken(): number;
  onDrained(drained: Drained): void;
  /** Redis cannot be reached, or is in no state to take anything. */
  onUnavailable(error: unknown): void;
  /** Redis refused this one, or it could not be read. */
  onRefused(file: SpoolFileName, error: unknown): void;
  onRemoved(file: SpoolFileName): void;
  setAside(file: SpoolFileName, why: string): Promise<void>;
  /** Monotonic, ms. */
  now(): number;
}

export interface Drained extends Spooled {
  readonly acceptance: Acceptance;
  /** It had been taken before, and Redis forgot it. */
  readonly wasLost: boolean;
}

export interface Drain {
  /** Goes through the files once, from anywhere on, until Redis takes no more. @throws what the disk throws */
  pass(files: readonly SpoolFileName[]): Promise<void>;
  /** Whether Redis has it, and the file stays to be sure. */
  isSettling(name: string): boolean;
  /** Whether a pass would do anything with it now. */
  isDue(name: string): boolean;
}

/** Few, so that live deliveries find the connection and the disk free. */
const AT_ONCE = 4;
const SETTLE_MS = 60_000;
const REFUSALS = 5;
const REFUSED_IN_A_ROW = 10;
const AGAIN_AFTER_REFUSAL_MS = 10_000;
/** What was to be done with a file so long ago and was not: another ingest removed it. */
const FORGET_AFTER_MS = 600_000;

export function createDrain(deps: DrainDeps): Drain {
  const { fs, folder, now } = deps;
  /** When Redis took a file's delivery without syncing it. */
  const settling = new Map<string, number>();
  const refused = new Map<string, { times: number; taken: number; notBefore: number }>();

  let isOver = false;
  let refusedInARow = 0;

  const forget = (name: string): void => {
    settling.delete(name);
    refused.delete(name);
  };

  const remove = async (file: SpoolFileName): Promise<void> => {
    forget(file.name);
    try {
      await fs.remove(join(folder, file.name));
    } catch (error) {
      if (!isMissing(error)) {
        // Not to be given again at once, and again.
        settling.set(file.name, now());
        throw error;
      }
    }
    deps.onRemoved(file);
  };

  const setAside = async (file: SpoolFileName, why: string): Promise<void> => {
    await deps.setAside(file, why);
    forget(file.name);
  };

  /** While others go in it is its own fault: a Redis that refuses all must not empty the spool. */
  const onRefused = async (file: SpoolFileName, error: unknown): Promise<void> => {
    deps.onRefused(file, error);
    refusedInARow += 1;
    // It would refuse all the others too.
    if (refusedInARow >= REFUSED_IN_A_ROW) isOver = true;
    const before = refused.get(file.name);
    const taken = deps.taken();
    const times = before === undefined ? 1 : before.times + (taken > before.taken ? 1 : 0);
    refused.set(file.name, { times, taken, notBefore: now() + AGAIN_AFTER_REFUSAL_MS });
    const why = error instanceof Error ? error.message : String(error);
    if (times >= REFUSALS) await setAside(file, `It failed ${REFUSALS} times while others went in: ${why}`);
  };

  const settle = async (file: SpoolFileName, drained: Drained, isSynced: boolean): Promise<void> => {
    refusedInARow = 0;
    const wasSettling = settling.has(file.name);
    const isNew = drained.acceptance.status === "accepted";
    if (!wasSettling || isNew) deps.onDrained({ ...drained, wasLost: wasSettling });
    if (isSynced || (wasSettling && !isNew)) await remove(file);
    else settling.set(file.name, now());
  };

  const isDue = (name: string): boolean =>
    now() >= (settling.get(name) ?? -Infinity) + SETTLE_MS &&
    now() >= (refused.get(name)?.notBefore ?? -Infinity);

  const drainOne = async (file: SpoolFileName): Promise<void> => {
    const { name } = file;
    if (!isDue(name)) return;
    let spooled: Spooled;
    try {
      spooled = decodeSpooled(await fs.read(join(folder, name)));
    } catch (error) {
      if (isMissing(error)) {
        forget(name);
        deps.onRemoved(file);
      } else if (error instanceof BrokenSpoolFile) await setAside(file, error.message);
      else await onRefused(file, error);
      return;
    }
    const before = deps.syncs();
    let acceptance: Acceptance;
    try {
      acceptance = await deps.accept(spooled);
    } catch (error) {
      if (deps.isRefusal(error)) return onRefused(file, error);
      isOver = true;
      return deps.onUnavailable(error);
    }
    await settle(
      file,
      { ...spooled, acceptance, wasLost: false },
      before !== undefined && deps.syncs() === before,
    );
  };

  return {
    isSettling: (name) => settling.has(name),
    isDue,
    async pass(files) {
      for (const [name, at] of settling) if (now() - at > FORGET_AFTER_MS) settling.delete(name);
      for (const [name, { notBefore }] of refused)
        if (now() - notBefore > FORGET_AFTER_MS) refused.delete(name);
      // Two ingests that begin at the same file would give each of them twice.
      const start = Math.floor(Math.random() * files.length);
      let given = 0;
      isOver = false;
      refusedInARow = 0;
      const drainOn = async (): Promise<void> => {
        while (!isOver && deps.canAccept() && given < files.length) {
          const file = files[(start + given++) % files.length];
          if (file) await drainOne(file);
          await yieldToOthers();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, drainOn));
    },
  };
}
