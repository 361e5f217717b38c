/** Replicas join and leave; a deploy adds a processor, and drops it. */
import { LATE, PROCESSORS, type Deployment } from "../world.ts";
import type { Random } from "../random.ts";
import type { Member } from "../member.ts";
import type { Active, Fault } from "./fault.ts";

async function visit(world: Deployment, member: Member, random: Random): Promise<Active> {
  await member.ready();
  const pid = member.pid();
  return {
    target: member.name,
    pids: pid === undefined ? [] : [pid],
    stop: () => (random.chance(0.3) ? kill(world, member) : world.leave(member, "it leaves")),
  };
}

async function kill(world: Deployment, member: Member): Promise<void> {
  await member.end("SIGKILL", "it leaves without a word");
  await world.leave(member, "it leaves");
}

let visits = 0;

function visitor(app: "ingest" | "worker"): Fault<Deployment> {
  return {
    kind: `${app} joins and leaves`,
    resource: app,
    lasts: [2_000, 10_000],
    start: (world, random) => visit(world, world.join(app, `${app}-visitor-${(visits += 1)}`), random),
  };
}

const deploy: Fault<Deployment> = {
  kind: "deploy adds and drops a processor",
  resource: "worker",
  lasts: [2_000, 10_000],
  async start(world, random) {
    const member = world.join("worker", `worker-late-${(visits += 1)}`, [...PROCESSORS, LATE]);
    const active = await visit(world, member, random);
    world.noteLate();
    return active;
  },
};

export const visitors: readonly Fault<Deployment>[] = [visitor("ingest"), visitor("worker")];
export const replicaFaults: readonly Fault<Deployment>[] = [...visitors, deploy];
