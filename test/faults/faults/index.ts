import { clockFaults } from "./clock.ts";
import { compoundFaults } from "./compound.ts";
import { endProcesses } from "./end-process.ts";
import { failovers } from "./failover.ts";
import type { Fault } from "./fault.ts";
import { handlerFaults } from "./handlers.ts";
import { doorFaults, networkFaults } from "./network.ts";
import { outages } from "./outage.ts";
import { redisMemoryFaults } from "./redis-memory.ts";
import { redisServerFaults } from "./redis-server.ts";
import { replicaFaults, visitors } from "./replicas.ts";
import { spoolFaults } from "./spool.ts";
import type { ReplicatedWorld } from "../world.ts";
import { stopProcesses } from "./stop-process.ts";

/** Every fault that is over soon. */
export const faults: readonly Fault[] = [
  ...endProcesses,
  ...stopProcesses,
  ...redisServerFaults,
  ...redisMemoryFaults,
  ...networkFaults,
  ...clockFaults,
  ...handlerFaults,
  ...replicaFaults,
  ...compoundFaults,
  ...spoolFaults,
];

/** The long form's. */
export const allFaults: readonly Fault[] = [...faults, ...outages];

/** Where Redis fails over: each kind of that, and what makes it harder. */
export const failoverFaults: readonly Fault<ReplicatedWorld>[] = [
  ...failovers,
  ...[...endProcesses, ...stopProcesses].filter(({ kind }) =>
    ["worker SIGKILL", "worker SIGSTOP", "ingest SIGKILL"].includes(kind),
  ),
];

/** A failover comes about every third time. */
export const longFailoverFaults: readonly Fault<ReplicatedWorld>[] = [
  ...failovers,
  ...failovers,
  ...endProcesses,
  ...stopProcesses,
  ...doorFaults,
  ...clockFaults,
  ...handlerFaults,
  ...visitors,
];
