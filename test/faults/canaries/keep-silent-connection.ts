import type { Canary } from "./canary.ts";

export const keepSilentConnection: Canary = {
  name: "keeping a connection that fell silent",
  what: "A worker whose connection's other end is gone without a word waits for it for ever.",
  caughtBy: "nothing-stuck",
  only: ["network to Redis half-open"],
  events: 400,
  faults: 1,
  patches: [
    {
      file: "packages/redis/src/connect-silent.ts",
      search: "    stream.destroy();\n",
      replace: "",
    },
  ],
};
