import { loadScript, type Script } from "@misskeep/redis";

const load = (name: string): Script => loadScript(new URL(`../lua/${name}.lua`, import.meta.url));

/** The queue package's Lua scripts, but those of runs. Each file's head lists its keys, arguments and replies. */
export const scripts = {
  beginRun: load("begin-run"),
  describeWorker: load("describe-worker"),
  discard: load("discard"),
  eraseJob: load("erase-job"),
  heartbeat: load("heartbeat"),
  linkEdit: load("link-edit"),
  prepareReplay: load("prepare-replay"),
  pruneGroupMarks: load("prune-group-marks"),
  purgeDiscarded: load("purge-discarded"),
  recover: load("recover"),
  signOff: load("sign-off"),
  updateDeadIndex: load("update-dead-index"),
  writeRecord: load("write-record"),
};
