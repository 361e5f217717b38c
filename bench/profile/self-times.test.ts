import { expect, test } from "vitest";
import { selfTimes } from "./self-times.ts";

const frame = (id: number, functionName: string, url = "") => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

test("time is given to the function that ran, idle time to none", () => {
  const { functions, packages, busyMs } = selfTimes({
    nodes: [
      frame(1, "(idle)"),
      frame(2, "accept", "file:///r/packages/inbox/dist/accept.js"),
      frame(3, "send", "file:///r/node_modules/.pnpm/ioredis@6.0.0/node_modules/ioredis/built/Redis.js"),
      frame(4, "(garbage collector)"),
    ],
    samples: [1, 2, 2, 3, 4],
    timeDeltas: [5_000, 1_000, 4_000, 3_000, 2_000],
  });
  expect(busyMs).toBe(10);
  expect(functions).toEqual([
    { name: "accept inbox/dist/accept.js:10", share: 0.5 },
    { name: "send ioredis/built/Redis.js:10", share: 0.3 },
    { name: "(garbage collector)", share: 0.2 },
  ]);
  expect(packages.map(({ name }) => name)).toEqual(["packages/inbox", "ioredis", "(garbage collector)"]);
});
