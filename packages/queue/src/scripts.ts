import { loadScript, type Script } from "@misskeep/redis";

const load = (name: string): Script => loadScript(new URL(`../lua/${name}.lua`, import.meta.url));

/** The queue package's Lua scripts. Each file's head lists its keys, arguments and replies. */
export const scripts = {
  beginRun: load("begin-run"),
  describeWorker: load("describe-worker"),
  heartbeat: load("heartbeat"),
  prepareReplay: load("prepare-replay"),
  pruneGroupMarks: load("prune-group-marks"),
  updateDeadIndex: load("update-dead-index"),
  signOff: load("sign-off"),
  writeRecord: load("write-record"),
};
