import { dirname } from "node:path";
import { basename } from "node:path";
import type { SpoolFs } from "../spool/file-system.ts";

type Inode = number;

/** A change of names; a rename is one, of two names at most. */
type Change = readonly {
  readonly folder: string;
  readonly name: string;
  readonly inode: Inode | undefined;
}[];

interface Content {
  readonly bytes: Buffer;
  isSynced: boolean;
}

export interface Mishaps {
  /** The number of the step, from 0, in which the power goes. */
  readonly crashAt: number;
  /** Steps that fail with EIO. */
  readonly failAt: ReadonlySet<number>;
  /** Chooses what survives; as large as it likes. */
  choose(): number;
}

/**
 * A disk that keeps only what it was told to sync: after a crash, content is whole, torn, empty or nonsense, and each
 * change of names has happened or not, unless synced. A failed fsync has dropped the content, and a second one says
 * that all is well, as Linux does.
 */
export class ForgetfulDisk {
  #names = new Map<string, Map<string, Inode>>();
  #durableNames = new Map<string, Map<string, Inode>>();
  #pending: Change[] = [];
  #contents = new Map<Inode, Content>();
  #lastInode = 0;
  #steps = 0;

  /** What survives a power loss becomes all there is. */
  crash(choose: () => number): void {
    for (const change of this.#pending) if (choose() % 2 === 0) apply(this.#durableNames, change);
    this.#names = new Map([...this.#durableNames].map(([folder, names]) => [folder, new Map(names)]));
    this.#pending = [];
    for (const [inode, { bytes, isSynced }] of this.#contents)
      if (!isSynced) this.#contents.set(inode, { bytes: torn(bytes, choose), isSynced: true });
    this.#steps = 0;
  }

  filesIn(folder: string): readonly string[] {
    return [...(this.#names.get(folder)?.keys() ?? [])];
  }

  /** @param onCrash called once; no step ever ends after it */
  mount({ crashAt, failAt, choose }: Mishaps, onCrash: () => void): SpoolFs {
    let isOver = false;
    const step = async <T>(act: () => T): Promise<T> => {
      await Promise.resolve();
      if (isOver) return forEver();
      const number = this.#steps++;
      if (number === crashAt) {
        isOver = true;
        if (choose() % 2 === 0) ignoringErrors(act);
        onCrash();
        return forEver();
      }
      if (failAt.has(number)) {
        if (choose() % 2 === 0) ignoringErrors(act);
        throw Object.assign(new Error("EIO: the disk fails"), { code: "EIO" });
      }
      return act();
    };
    return {
      create: (path) =>
        step(() => {
          if (this.#find(path) !== undefined) throw Object.assign(new Error("EEXIST"), { code: "EEXIST" });
          const inode = (this.#lastInode += 1);
          this.#contents.set(inode, { bytes: Buffer.alloc(0), isSynced: false });
          this.#change([{ ...split(path), inode }]);
          return inode;
        }).then((inode) => ({
          write: (bytes) =>
            step(() => void this.#contents.set(inode, { bytes: Buffer.from(bytes), isSynced: false })),
          sync: async () => {
            try {
              await step(() => undefined);
            } catch (error) {
              // Dropped, and counted as written.
              const content = this.#contents.get(inode);
              if (content) this.#contents.set(inode, { bytes: torn(content.bytes, choose), isSynced: true });
              throw error;
            }
            const content = this.#contents.get(inode);
            if (content) content.isSynced = true;
          },
          close: () => step(() => undefined),
        })),
      rename: (from, to) =>
        step(() => {
          const inode = this.#inodeOf(from);
          this.#change([
            { ...split(from), inode: undefined },
            { ...split(to), inode },
          ]);
        }),
      remove: (path) =>
        step(() => {
          this.#inodeOf(path);
          this.#change([{ ...split(path), inode: undefined }]);
        }),
      syncFolder: (path) =>
        step(() => {
          const isOfIt = (change: Change): boolean => change.some(({ folder }) => folder === path);
          for (const change of this.#pending.filter(isOfIt)) apply(this.#durableNames, change);
          this.#pending = this.#pending.filter((change) => !isOfIt(change));
        }),
      read: (path) => step(() => this.#contents.get(this.#inodeOf(path))?.bytes ?? Buffer.alloc(0)),
      list: async function* (this: ForgetfulDisk, folder: string) {
        for (const name of await step(() => this.filesIn(folder))) yield { name, isFile: true };
      }.bind(this),
      // Folders are made once, at the start; whether they last is not the question here.
      makeFolder: () => step(() => undefined),
    };
  }

  #find(path: string): Inode | undefined {
    const { folder, name } = split(path);
    return this.#names.get(folder)?.get(name);
  }

  #inodeOf(path: string): Inode {
    const inode = this.#find(path);
    if (inode === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
    return inode;
  }

  #change(change: Change): void {
    apply(this.#names, change);
    this.#pending.push(change);
  }
}

function split(path: string): { folder: string; name: string } {
  return { folder: dirname(path), name: basename(path) };
}

function apply(names: Map<string, Map<string, Inode>>, change: Change): void {
  for (const { folder, name, inode } of change) {
    const entries = names.get(folder) ?? new Map<string, Inode>();
    names.set(folder, entries);
    if (inode === undefined) entries.delete(name);
    else entries.set(name, inode);
  }
}

function torn(bytes: Buffer, choose: () => number): Buffer {
  const how = choose() % 4;
  if (how === 0) return bytes;
  if (how === 1) return Buffer.alloc(0);
  if (how === 2) return bytes.subarray(0, choose() % (bytes.length + 1));
  return Buffer.alloc(bytes.length);
}

function ignoringErrors(act: () => unknown): void {
  try {
    act();
  } catch {
    // It had no effect then.
  }
}

function forEver(): Promise<never> {
  return new Promise(() => undefined);
}
