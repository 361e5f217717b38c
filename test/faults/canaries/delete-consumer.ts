import type { Canary } from "./canary.ts";

export const deleteConsumer: Canary = {
  name: "DELCONSUMER on shutdown",
  what: "A dispatcher that stops takes with it what it was given and never heard of.",
  caughtBy: "kept",
  only: ["worker SIGTERM with answers lost"],
  events: 800,
  faults: 8,
  patches: [
    {
      file: "packages/inbox/lua/remove-consumer.lua",
      search: "if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end",
      replace: "",
    },
    {
      file: "packages/queue/src/dispatcher.ts",
      search: "await payBack().catch(() => undefined);",
      replace: "",
    },
  ],
};
