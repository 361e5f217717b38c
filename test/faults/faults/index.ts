import { clockFaults } from "./clock.ts";
import { compoundFaults } from "./compound.ts";
import { endProcesses } from "./end-process.ts";
import type { Fault } from "./fault.ts";
import { handlerFaults } from "./handlers.ts";
import { networkFaults } from "./network.ts";
import { redisMemoryFaults } from "./redis-memory.ts";
import { redisServerFaults } from "./redis-server.ts";
import { replicaFaults } from "./replicas.ts";
import { spoolFaults } from "./spool.ts";
import { stopProcesses } from "./stop-process.ts";

/** Every fault that can strike. */
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
