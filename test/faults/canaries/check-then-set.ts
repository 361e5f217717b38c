import type { Canary } from "./canary.ts";

export const checkThenSet: Canary = {
  name: "dedup by check-then-set",
  what: "Ingest asks whether a key is known, and then writes: two copies at the same moment both find nothing.",
  caughtBy: "once",
  only: ["network to ingest", "redis SIGSTOP"],
  events: 600,
  faults: 4,
  patches: [
    {
      file: "packages/inbox/lua/accept.lua",
      search: "if id and (one.near == 0",
      replace: "if false and id and (one.near == 0",
    },
    {
      file: "packages/inbox/src/accept.ts",
      search: 'import { acceptTogether } from "./accept-together.ts";',
      replace: `import { acceptTogether } from "./accept-together.ts";
import { readRemembered } from "./remembered.ts";`,
    },
    {
      file: "packages/inbox/src/accept.ts",
      search: "  const [isNew, streamId] = await acceptTogether(",
      replace: `  for (const digest of [key.digest, ...key.neighbours]) {
    const held = await redis.get(keys.seen(digest));
    if (held !== null) return { status: "duplicate", id: readRemembered(held)!.id };
  }
  const [isNew, streamId] = await acceptTogether(`,
    },
  ],
};
