import type { Canary } from "./canary.ts";

export const keepSilentConnection: Canary = {
  name: "keeping a connection that fell silent",
  what: "A worker whose connection's other end is gone without a word waits for it for ever.",
  caughtBy: "nothing-stuck",
  only: ["network to Redis half-open"],
  events: 400,
  faults: 1,
  patches: [
    { file: "packages/redis/src/connect.ts", search: "    socketTimeout: silenceMs,\n", replace: "" },
    // With it unused, the compiler would object.
    { file: "packages/redis/src/connect.ts", search: "  silenceMs = SILENCE_MS[role],\n", replace: "" },
    { file: "packages/redis/src/connect.ts", search: "const SILENCE_MS", replace: "export const SILENCE_MS" },
  ],
};
