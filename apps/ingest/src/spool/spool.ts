/**
 * Deliveries on local disk, while Redis cannot take them.
 *
 * A delivery that `put` has kept is in Redis sooner or later, whatever stops in between: this process, the machine,
 * its power. One file a delivery, never changed, never locked; any ingest may drain any folder.
 */
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { within } from "../deadline.ts";
import { createDrain, type DrainDeps } from "./drain.ts";
import { encodeSpooled, type Spooled } from "./file-format.ts";
import { makeName, parseName, partOf, type SpoolFileName } from "./file-name.ts";
import { isMissing, type SpoolFs } from "./file-system.ts";
import { ASIDE, type Scan, scan } from "./scan.ts";
import { createTurns, NoTurn } from "./turns.ts";
import { writeWhole } from "./write.ts";

export interface SpoolOptions extends Omit<DrainDeps, "fs" | "onRemoved" | "setAside"> {
  readonly fs: SpoolFs;
  /** Of all files in the folder, those set aside included. */
  readonly maxBytes: number;
  readonly log: Record<"info" | "warn" | "error", (fields: object, message: string) => void>;
  /** ms since 1970 */
  clock(): number;
}

/** Why nothing can be spooled. */
export type SpoolRefusal = "SPOOL_FULL" | "SPOOL_FAILED";

export class SpoolRefused extends Error {
  override readonly name = "SpoolRefused";
  readonly code: SpoolRefusal;

  constructor(code: SpoolRefusal, options?: ErrorOptions) {
    super(code === "SPOOL_FULL" ? "The spool is full." : "The spool could not be written.", options);
    this.code = code;
  }
}

export interface SpoolState {
  /** That Redis does not have yet, as far as is known. */
  readonly files: number;
  /** Of all that lies there. */
  readonly bytes: number;
  /** When the oldest of `files` was received, ms since 1970. */
  readonly oldestAt: number | undefined;
  /** Set aside: they need a person. */
  readonly aside: number;
  readonly refusal: SpoolRefusal | undefined;
}

export interface Spool {
  /** @returns why nothing can be spooled now; undefined if it can */
  refusal(): SpoolRefusal | undefined;
  /**
   * Keeps a delivery on disk, synced.
   *
   * @param withinMs how long it may take. It may be kept all the same after that.
   * @throws SpoolRefused
   */
  put(spooled: Spooled, withinMs: number): Promise<void>;
  state(): SpoolState;
  /** Looks what is there, tidies up, and gives Redis what it can take. Never fails; not to be run twice at once. */
  round(): Promise<void>;
}

/** The threads of Node that wait for disks are four, and one of them has to look up Redis' name. */
const WRITES_AT_ONCE = 3;
/** Of the time that a delivery has, for waiting until it is written. */
const TURN_SHARE = 0.6;
const TELL_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** So many names are held; after them the folder is read anew. */
const FILES_A_PASS = 20_000;

/** Call `round` before anything is put. */
export function createSpool(options: SpoolOptions): Spool {
  const { fs, folder, maxBytes, log, now } = options;
  const turns = createTurns(WRITES_AT_ONCE);
  let found = { files: 0, bytes: 0, oldestAt: undefined as number | undefined, aside: 0 };
  /** Being written, or written while the folder was being read: a look may or may not have seen them. */
  const writing = new Map<string, SpoolFileName>();
  const written = new Map<string, SpoolFileName>();
  let failure: unknown = new Error("It was not looked at yet.");
  let toldAt = -Infinity;
  let isTold = false;
  let lookedAt = -Infinity;

  const fail = (error: unknown): void => {
    failure = error;
    if (now() - toldAt < TELL_EVERY_MS) return;
    toldAt = now();
    isTold = true;
    log.error(
      { err: error, folder },
      "the spool cannot be used: while Redis is away, events are answered 503",
    );
  };
  const count = (file: SpoolFileName, by: 1 | -1): void => {
    const { oldestAt = Infinity } = found;
    found = {
      ...found,
      files: Math.max(found.files + by, 0),
      bytes: Math.max(found.bytes + by * file.bytes, 0),
      oldestAt: by === 1 ? Math.min(oldestAt, file.receivedAt) : found.oldestAt,
    };
  };

  const setAside = async ({ name, bytes }: SpoolFileName, why: string): Promise<void> => {
    const aside = join(folder, ASIDE);
    // A foreign name may come twice.
    const target = parseName(name) ? name : `${name}.${randomBytes(4).toString("hex")}`;
    try {
      await fs.makeFolder(aside);
      await fs.rename(join(folder, name), join(aside, target));
      await fs.syncFolder(aside);
      await fs.syncFolder(folder);
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    log.error(
      { file: join(ASIDE, target), bytes, why },
      "a file of the spool was set aside; a person has to look",
    );
  };

  const drain = createDrain({ ...options, onRemoved: (file) => count(file, -1), setAside });

  /** Whether a file can be created, written and synced. */
  const probe = async (): Promise<void> => {
    await fs.makeFolder(folder);
    for (const parent of [dirname(folder), dirname(dirname(folder))]) await fs.syncFolder(parent);
    const name = makeName(options.clock(), 0);
    await writeWhole(fs, folder, partOf(name), Buffer.alloc(4_096));
    await fs.remove(join(folder, partOf(name)));
    failure = undefined;
    if (isTold) log.info({ folder }, "the spool can be used again");
    isTold = false;
  };

  const look = async (): Promise<Scan & { readonly due: readonly SpoolFileName[] }> => {
    lookedAt = now();
    written.clear();
    const due: SpoolFileName[] = [];
    const seen = { files: 0, bytes: 0, oldestAt: undefined as number | undefined };
    const seenNew = new Set<string>();
    const others = await scan(fs, folder, options.clock(), (file) => {
      const { name, bytes, receivedAt } = file;
      seen.bytes += bytes;
      if (writing.has(name) || written.has(name)) seenNew.add(name);
      if (due.length < FILES_A_PASS && drain.isDue(name)) due.push(file);
      if (drain.isSettling(name)) return;
      seen.files += 1;
      seen.oldestAt = Math.min(seen.oldestAt ?? Infinity, receivedAt);
    });
    found = { ...seen, bytes: seen.bytes + others.aside.bytes, aside: others.aside.files };
    for (const [name, file] of [...writing, ...written]) if (!seenNew.has(name)) count(file, 1);
    return { ...others, due };
  };

  const removeIfThere = async (path: string): Promise<void> => {
    try {
      await fs.remove(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };

  const refusal = (): SpoolRefusal | undefined => {
    if (failure !== undefined) return "SPOOL_FAILED";
    return found.bytes >= maxBytes ? "SPOOL_FULL" : undefined;
  };

  return {
    refusal,
    state: () => ({ ...found, refusal: refusal() }),

    async put(spooled, withinMs) {
      const refused = refusal();
      if (refused) throw new SpoolRefused(refused, { cause: failure });
      const bytes = encodeSpooled(spooled);
      if (found.bytes + bytes.length > maxBytes) throw new SpoolRefused("SPOOL_FULL");
      const { receivedAt } = spooled.delivery;
      const name = makeName(receivedAt, bytes.length);
      const file = { name, receivedAt, bytes: bytes.length };
      // Counted before it is there: many at once must not pass the limit together.
      count(file, 1);
      writing.set(name, file);
      try {
        // A write that hangs keeps its turn, so that no more than a few ever hang.
        await within(
          withinMs,
          turns.take(withinMs * TURN_SHARE, () => writeWhole(fs, folder, name, bytes)),
        );
        written.set(name, file);
      } catch (error) {
        count(file, -1);
        // Too many at once say nothing of the disk. Anything else would happen to the next one too; a round finds
        // out when it is over.
        if (!(error instanceof NoTurn)) fail(error);
        throw new SpoolRefused("SPOOL_FAILED", { cause: error });
      } finally {
        writing.delete(name);
      }
    },

    async round() {
      try {
        // A disk may be full of what lies here: then draining makes it usable again.
        if (failure !== undefined) await probe().catch(fail);
        // Reading a large folder takes a while, and while nothing leaves it all that changes is known.
        if (!options.canAccept() && now() - lookedAt < LOOK_EVERY_MS) return;
        const { due, foreign, leftParts } = await look();
        for (const name of foreign)
          await setAside({ name, bytes: 0, receivedAt: 0 }, "Its name is none of the spool's.");
        for (const name of leftParts) await removeIfThere(join(folder, name));
        if (due.length > 0 && options.canAccept()) await drain.pass(due);
      } catch (error) {
        fail(error);
      }
    },
  };
}
