import { loadScript, type Script } from "@misskeep/redis";

const load = (name: string): Script => loadScript(new URL(`../lua/${name}.lua`, import.meta.url));

/** The Lua scripts of the alerts. Each file's head lists its keys, arguments and replies. */
export const scripts = {
  holdLock: load("hold-lock"),
  recordAlerts: load("record-alerts"),
  releaseLock: load("release-lock"),
};
