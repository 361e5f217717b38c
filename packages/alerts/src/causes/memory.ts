import type { FindCauses } from "../cause.ts";
import { ours, say } from "../text/text.ts";

/** Above it ingest gives Redis no more events, so that workers have room to finish. */
const FULL = 0.8;
const LINGER_MS = 5 * 60_000;

/** Redis is nearly full. */
export const memory: FindCauses = ({ redis: { usedMemory, maxMemory } }) =>
  maxMemory === 0 || usedMemory <= maxMemory * FULL
    ? []
    : [
        {
          id: "memory",
          level: "down",
          title: say`Redis is nearly full`,
          what: say`Redis uses ${toMiB(usedMemory)} of ${toMiB(maxMemory)} MiB (${ours(
            `${Math.floor((usedMemory / maxMemory) * 100)} %`,
          )}). Above 80 % events go to the spool.`,
          help: { command: "misskeep doctor", path: "/" },
          lingerMs: LINGER_MS,
        },
      ];

function toMiB(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
