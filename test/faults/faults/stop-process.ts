/** A process of ours stands still for a while: a paused virtual machine, a swapping host. */
import type { Deployment } from "../world.ts";
import type { Fault } from "./fault.ts";

function stopProcess(app: "ingest" | "worker", most: number): Fault<Deployment> {
  return {
    kind: `${app} SIGSTOP`,
    resource: app,
    lasts: [500, most],
    async start(world, random) {
      const member = random.pick(world.of(app));
      const pid = member.pid();
      member.signal("SIGSTOP");
      return {
        target: member.name,
        pids: pid === undefined ? [] : [pid],
        async stop() {
          member.signal("SIGCONT");
          await member.ready();
        },
      };
    },
  };
}

/** For a worker longer than its jobs' locks last: others take them, and it wakes up believing that it has them. */
export const stopProcesses: readonly Fault<Deployment>[] = [
  stopProcess("ingest", 7_000),
  stopProcess("worker", 12_000),
];
