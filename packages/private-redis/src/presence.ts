/**
 * Being present in a folder: a listening Unix socket in it. It ends with the process, whatever kills that,
 * and cannot be mistaken for another process later, as a written process id can.
 *
 * The lock made from it: enter, and only whoever then sees nobody else goes on; the others leave and try again.
 * Of two that would both go on, the later one entered before it looked, and so saw the earlier one.
 */
import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface Presence {
  /** Whether somebody else is in the folder. */
  others(): Promise<boolean>;
  leave(): Promise<void>;
}

// A socket without a process is an old one of a crash, or one between bind and listen: that takes microseconds.
const ABANDONED_AFTER_MS = 60_000;

/** Enters a folder, which must exist. */
export async function enter(folder: string): Promise<Presence> {
  const own = `${randomBytes(4).toString("hex")}.sock`;
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(join(folder, own), resolve);
  });
  server.unref();
  return {
    others: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith(".sock") && name !== own);
      const alive = await Promise.all(names.map((name) => isPresent(join(folder, name))));
      return alive.includes(true);
    },
    // Closing removes the file.
    leave: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function isPresent(file: string): Promise<boolean> {
  if (await accepts(file)) return true;
  const found = await stat(file).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
  return false;
}

/**
 * Whether a process listens on a Unix socket. A frozen one does: the kernel accepts for it.
 *
 * @throws the connection error, where it does not tell: EACCES, a socket of another user
 */
export function accepts(socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(false);
      // The queue of a frozen process is full: it lives.
      else if (error.code === "EAGAIN") resolve(true);
      else reject(error);
    });
  });
}

/**
 * Runs `work` while no other process on this machine runs one with the same folder.
 *
 * @param onWait called once if another is at it
 */
export async function alone<T>(folder: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  for (let turn = 0; ; turn += 1) {
    const presence = await enter(folder);
    try {
      if (!(await presence.others())) return await work();
    } finally {
      await presence.leave();
    }
    // Two that entered at the same moment both leave; that need not be told.
    if (turn === 3) onWait();
    await delay(50 + Math.random() * 200);
  }
}
