import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";

export type ScriptArgument = string | number | Buffer;

export interface Script {
  /** Runs the script; replies with text decoded as UTF-8. */
  run(redis: Redis, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
  /** Runs the script; replies with text as Buffers, for payloads that must keep their bytes. */
  runRaw(redis: Redis, keys: readonly string[], args: readonly ScriptArgument[]): Promise<unknown>;
}

/**
 * Loads a Lua script from a file, run by its digest (EVALSHA) and sent whole only where Redis does not know
 * it yet, as after its restart.
 *
 * @param file the script's place, usually `new URL("../lua/name.lua", import.meta.url)`
 */
export function loadScript(file: URL): Script {
  const source = readFileSync(file, "utf8");
  const digest = createHash("sha1").update(source).digest("hex");
  const call = async (
    redis: Redis,
    raw: boolean,
    keys: readonly string[],
    args: readonly ScriptArgument[],
  ): Promise<unknown> => {
    const rest = [keys.length, ...keys, ...args] as const;
    const send = (command: "EVALSHA" | "EVAL", script: string): Promise<unknown> =>
      raw ? redis.callBuffer(command, script, ...rest) : redis.call(command, script, ...rest);
    try {
      return await send("EVALSHA", digest);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("NOSCRIPT")) return send("EVAL", source);
      throw error;
    }
  };
  return {
    run: (redis, keys, args) => call(redis, false, keys, args),
    runRaw: (redis, keys, args) => call(redis, true, keys, args),
  };
}
