import { loadScript, type Script } from "@misskeep/redis";

const load = (name: string): Script => loadScript(new URL(`../../lua/${name}.lua`, import.meta.url));

/** The Lua scripts of runs. Each file's head lists its keys, arguments and replies. */
export const scripts = {
  changeState: load("change-run-state"),
  create: load("create-run"),
  move: load("move-run-items"),
  plan: load("plan-run-items"),
  replay: load("replay-run-items"),
  settle: load("settle-run-items"),
};
