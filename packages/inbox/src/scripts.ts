import { loadScript, type Script } from "@misskeep/redis";

const load = (name: string): Script => loadScript(new URL(`../lua/${name}.lua`, import.meta.url));

/** The inbox's Lua scripts. Each file's head lists its keys, arguments and replies. */
export const scripts = {
  accept: load("accept"),
  acknowledge: load("acknowledge"),
  ensureGroup: load("ensure-group"),
  eraseEntry: load("erase-entry"),
  handBack: load("hand-back"),
  read: load("read"),
  reclaim: load("reclaim"),
  removeConsumer: load("remove-consumer"),
  trim: load("trim"),
};
