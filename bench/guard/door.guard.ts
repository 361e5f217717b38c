/**
 * `npm run test:cpu`: no change makes the door much dearer without anybody seeing it. What is compared is the CPU time of
 * the processes, never how long something took, and only within one run, whose rounds alternate: machines differ, and are
 * busy with other things.
 */
import { repositoryRoot } from "@misskeep/testkit";
import { afterAll, expect, test } from "vitest";
import { bareFastify } from "../contestants/bare-fastify.ts";
import { misskeep } from "../contestants/misskeep.ts";
import { startGenerator } from "../load/generator.ts";
import { measureDoor } from "../measure/door.ts";
import type { Row } from "../measure/row.ts";
import { quick } from "../measure/sizes.ts";
import { ADVICE, dearnessOf, describeDearness } from "./dearness.ts";

/**
 * How often the CPU of bare Fastify ingest may take. On two cores, with other tests running beside, 10 runs gave 1.83 to
 * 2.29, and 4 with two busy loops more 2.19 to 2.48. The limit is 1.4 times the worst of them, so that it speaks of a
 * change and not of the machine: 50 µs more a delivery go beyond it.
 */
const MOST = 3.5;
const ROUNDS = 3;
/**
 * As many come before, so that the code is compiled. Not for a time: on a busy machine that would be few, and measure the
 * compiler (6 runs of 1.5 s gave 2.12 to 3.74).
 */
const DELIVERIES = 8_000;

const load = startGenerator();
afterAll(() => load.stop());

/** Of every try. */
const measured: Row[] = [];

test("a delivery takes ingest little more CPU than it takes bare Fastify", async () => {
  const sizes = { ...quick, rounds: ROUNDS };
  const bench = { sizes, load, root: repositoryRoot, say: () => {}, absent: new Map<string, string>() };
  const rows = await measureDoor(bench, [misskeep, bareFastify], { count: DELIVERIES });
  measured.push(...rows);
  const dearness = dearnessOf(rows);
  const said = describeDearness(dearness, MOST);
  process.stdout.write(`${said}\n`);
  expect(dearness.ratio, `${said} ${ADVICE}`).toBeLessThanOrEqual(MOST);
});

test("what ingest acknowledged meanwhile is kept, once", () => {
  const ours = measured.filter(({ name }) => name === misskeep.name);
  expect(ours).not.toEqual([]);
  for (const { verdict, figures } of ours) {
    expect(verdict).toMatchObject({ lost: 0, repeated: 0 });
    expect(verdict?.acknowledged).toBeGreaterThan(0);
    expect(figures["refused"]?.max).toBe(0);
  }
});
