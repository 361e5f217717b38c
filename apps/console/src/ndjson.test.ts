import { once } from "node:events";
import { expect, test } from "vitest";
import { toNdjson } from "./ndjson.ts";

/** Counts what was asked for, and says whether it was told to end. */
function source(total: number) {
  const state = { asked: 0, ended: false };
  async function* generate() {
    try {
      while (state.asked < total) {
        state.asked += 1;
        yield { n: state.asked, text: "x".repeat(10_000) };
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, values: generate() };
}

test("each value is a line", async () => {
  const stream = await toNdjson(source(3).values);
  const text = (await stream.toArray()).join("");
  expect(
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { n: number }).n),
  ).toEqual([1, 2, 3]);
});

test("nothing is nothing", async () => {
  expect(await (await toNdjson(source(0).values)).toArray()).toEqual([]);
});

test("what nobody reads is not asked for, and ends when it is closed", async () => {
  const { state, values } = source(1_000_000);
  const stream = await toNdjson(values);
  stream.read();
  await once(stream, "readable");
  expect(state.asked).toBeLessThan(50);
  stream.destroy();
  await once(stream, "close");
  await expect.poll(() => state.ended).toBe(true);
});

test("what fails at once can still become an answer", async () => {
  // oxlint-disable-next-line require-yield -- it fails before
  async function* fail(): AsyncGenerator<never> {
    throw new Error("no such processor");
  }
  await expect(toNdjson(fail())).rejects.toThrow("no such processor");
});
