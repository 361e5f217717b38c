import type { FindCauses } from "../cause.ts";
import { deadGroups } from "./dead-groups.ts";
import { durability } from "./durability.ts";
import { memory } from "./memory.ts";
import { noWorker } from "./no-worker.ts";
import { pausedItself } from "./paused-itself.ts";
import { refused } from "./refused.ts";
import { spool } from "./spool.ts";
import { waiting } from "./waiting.ts";

/** Everything that people are told of. Another one is a file here, and a line in docs/alerts.md. */
const ALL: readonly FindCauses[] = [
  durability,
  memory,
  spool,
  noWorker,
  pausedItself,
  waiting,
  refused,
  deadGroups,
];

export const findCauses: FindCauses = (facts) => ALL.flatMap((find) => find(facts));
