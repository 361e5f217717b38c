// Loaded with --import into each app: changes the circumstances in which it runs.
//
// FAULTS_CIRCUMSTANCES names a file that is looked at all the time and holds JSON: `{"clockMs": 90000}` shifts the wall
// clock, as an administrator or a time server may; the monotonic clock goes on as it did. Where `collect` changes, garbage
// is collected, so that what is left can be measured.
//
// FAULTS_DISK names a folder, FAULTS_JOURNAL a file into which is written what was done to the files in that folder and
// what of it was synced: so the suite knows what a loss of power would leave (disk.ts).
import { appendFileSync, readFileSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { FAULTS_CIRCUMSTANCES, FAULTS_DISK, FAULTS_JOURNAL } = process.env;
if (!FAULTS_CIRCUMSTANCES) throw new Error("circumstances.mjs needs FAULTS_CIRCUMSTANCES.");

let shift = 0;
const RealDate = Date;
const realNow = Date.now.bind(Date);

class ShiftedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(realNow() + shift);
    else super(...args);
  }
  static now() {
    return realNow() + shift;
  }
}
globalThis.Date = ShiftedDate;

let collected = 0;
let collectGarbage;
const collect = () => {
  if (collectGarbage === undefined) {
    setFlagsFromString("--expose-gc");
    collectGarbage = runInNewContext("gc");
    setFlagsFromString("--no-expose-gc");
  }
  collectGarbage();
};

const look = () => {
  try {
    const { clockMs = 0, collect: wanted = 0 } = JSON.parse(readFileSync(FAULTS_CIRCUMSTANCES, "utf8"));
    shift = Number(clockMs);
    if (wanted === collected) return;
    collected = wanted;
    collect();
  } catch {
    // Not there, or being written.
  }
};
look();
setInterval(look, 100).unref();

if (FAULTS_DISK && FAULTS_JOURNAL) {
  const isWatched = (path) => String(path).startsWith(FAULTS_DISK);
  // Written when it is done, by whoever did it: what another process syncs in between may look as if it was not.
  const note = (what, path, to) => {
    if (isWatched(path))
      appendFileSync(FAULTS_JOURNAL, `${JSON.stringify({ what, path: String(path), to })}\n`);
  };
  const { open, rename, rm, unlink } = promises;
  promises.open = async (path, flags, ...rest) => {
    const handle = await open(path, flags, ...rest);
    const isNew = typeof flags === "string" && /[wa]/.test(flags);
    if (isNew) note("create", path);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      note("sync", path);
    };
    return handle;
  };
  promises.rename = async (from, to) => {
    await rename(from, to);
    note("rename", from, String(to));
  };
  promises.rm = async (path, ...rest) => {
    await rm(path, ...rest);
    note("remove", path);
  };
  promises.unlink = async (path) => {
    await unlink(path);
    note("remove", path);
  };
  syncBuiltinESMExports();
}
