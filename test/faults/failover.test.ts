/** The short form where Redis fails over: another seed each time, printed. `FAULTS_SEED` repeats one. */
import { randomInt } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failoverFaults } from "./faults/index.ts";
import { parseOptions } from "./options.ts";
import { toRunFinding } from "./report.ts";
import { runFailovers } from "./run.ts";

test("failovers at random moments: nothing is lost but what Redis took and no replica had", async () => {
  const options = parseOptions(["--sentinels"], Number(process.env["FAULTS_SEED"] ?? randomInt(2 ** 31)));
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const ledgerFile = join(mkdtempSync(join(tmpdir(), "misskeep-fault-ledger-")), "ledger.jsonl");
  const result = await runFailovers({ ...options, kinds: failoverFaults, ledgerFile, say });
  say(toRunFinding(result).markdown);
  expect(result.violations).toEqual([]);
  // A run in which nothing came through, or nothing struck, would say nothing.
  expect(result.acknowledged).toBeGreaterThan(options.events / 2);
  expect(result.lost.length).toBeLessThan(result.acknowledged / 2);
  expect(result.ledger.faults).toHaveLength(options.faults);
});
