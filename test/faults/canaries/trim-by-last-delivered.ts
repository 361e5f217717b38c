import type { Canary } from "./canary.ts";

export const trimByLastDelivered: Canary = {
  name: "trimming by last-delivered",
  what: "Entries that a dead dispatcher holds are trimmed before anybody takes them over.",
  caughtBy: "kept",
  // Each leaves entries pending for a minute; trimming comes every half.
  only: ["worker SIGKILL in a slow network"],
  events: 1_200,
  faults: 5,
  patches: [
    {
      file: "packages/inbox/lua/trim.lua",
      search: "or (firstPending and not before(id, firstPending))",
      replace: "",
    },
  ],
};
