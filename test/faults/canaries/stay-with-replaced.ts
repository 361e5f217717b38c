import type { Canary } from "./canary.ts";

export const stayWithReplaced: Canary = {
  name: "staying with a master that was replaced",
  what: "Ingest goes on writing to a Redis that takes itself for the master, and is soon to be a replica.",
  caughtBy: "kept",
  only: ["failover by hand"],
  events: 500,
  faults: 2,
  // With a replica wanted, the old master itself refuses soon.
  minReplicas: 0,
  patches: [
    {
      file: "packages/redis/src/sentinel-connector.ts",
      search: "if (master === name && !isThere) stream.destroy();",
      replace: "if (master === name && !isThere) return;",
    },
  ],
};
