import { clockFaults } from "./clock.ts";
import { compoundFaults } from "./compound.ts";
import { endProcesses } from "./end-process.ts";
import type { Fault } from "./fault.ts";
import { handlerFaults } from "./handlers.ts";
import { networkFaults } from "./network.ts";
import { outages } from "./outage.ts";
import { redisMemoryFaults } from "./redis-memory.ts";
import { redisServerFaults } from "./redis-server.ts";
import { replicaFaults } from "./replicas.ts";
import { spoolFaults } from "./spool.ts";
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
