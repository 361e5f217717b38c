/** A process of ours ends, by SIGKILL or SIGTERM, and another takes its place. */
import type { AppName } from "../member.ts";
import type { Deployment } from "../world.ts";
import { AT_ONCE, type Fault } from "./fault.ts";

function endProcess(app: AppName, signal: "SIGKILL" | "SIGTERM"): Fault<Deployment> {
  const kind = `${app} ${signal}`;
  return {
    kind,
    resource: app,
    lasts: AT_ONCE,
    async start(world, random) {
      const member = random.pick(world.of(app));
      const pid = await member.end(signal, kind);
      return {
        target: member.name,
        pids: pid === undefined ? [] : [pid],
        stop: () => member.ready(),
      };
    },
  };
}

export const endProcesses: readonly Fault<Deployment>[] = (["ingest", "worker", "console"] as const).flatMap(
  (app) => [endProcess(app, "SIGKILL"), endProcess(app, "SIGTERM")],
);
