import type { Canary } from "./canary.ts";

const ADD = "await Promise.all([...jobs].map(([queue, list]) => deps.queues.get(queue).addEvents(list)));";
const ACKNOWLEDGE = "await acknowledge(deps.redis, ids, unsubscribed);";

export const acknowledgeFirst: Canary = {
  name: "acknowledging the inbox before the jobs are in",
  what: "A dispatcher that dies between the two leaves an entry that nobody will ever dispatch.",
  caughtBy: "kept",
  only: ["worker SIGKILL"],
  events: 800,
  faults: 8,
  patches: [
    { file: "packages/queue/src/dispatch.ts", search: ACKNOWLEDGE, replace: "" },
    {
      file: "packages/queue/src/dispatch.ts",
      search: ADD,
      replace: `await acknowledge(deps.redis, entries.map((entry) => entry.id), unsubscribed);\n  ${ADD}`,
    },
  ],
};
