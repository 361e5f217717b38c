import { expect, it } from "vitest";
import { watchEventLoop } from "./event-loop.ts";

/** Keeps this thread busy, as a processor's endless loop would. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it("tells once how long the loop stood still", async () => {
  const blocks: number[] = [];
  const told = new Promise<void>((resolve) => {
    const stop = watchEventLoop({
      threshold: 100,
      interval: 10,
      onBlocked(ms) {
        blocks.push(ms);
        stop();
        resolve();
      },
    });
    setTimeout(() => block(300), 20);
  });
  await told;
  expect(blocks).toHaveLength(1);
  expect(blocks[0]).toBeGreaterThan(100);
});
