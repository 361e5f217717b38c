import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { placed } from "../host/place.ts";
import type { LoadJob, LoadResult } from "./job.ts";

/** The load generator's process, started once and used for every contestant. */
export interface Generator {
  run(job: LoadJob): Promise<LoadResult>;
  stop(): void;
}

export function startGenerator(): Generator {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const [command, args] = placed("load", process.execPath, [
    "--conditions=misskeep-source",
    "--import",
    "tsx",
    main,
  ]);
  const child: ChildProcess = spawn(command, args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const end = once(child, "exit").then((): never => {
    throw new Error("The load generator ended");
  });
  end.catch(() => {});
  return {
    async run(job) {
      const answer = once(child, "message") as Promise<[{ result?: LoadResult; error?: string }]>;
      child.send(job);
      const [message] = await Promise.race([answer, end]);
      if (message.result === undefined) throw new Error(`The load generator: ${message.error}`);
      return message.result;
    },
    stop: () => void child.kill(),
  };
}
