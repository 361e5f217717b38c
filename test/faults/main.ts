/** The suite as a program; `npm run test:faults` starts it. See docs/faults.md. */
import { randomInt } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults } from "./faults/index.ts";
import { parseOptions } from "./options.ts";
import { toReport } from "./report.ts";
import { runFaults } from "./run.ts";

const options = parseOptions(process.argv.slice(2), randomInt(2 ** 31));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const began = Date.now();

const chosen = faults.filter(
  ({ kind }) => options.only.length === 0 || options.only.some((part) => kind.includes(part)),
);
const folder = join(tmpdir(), "misskeep-fault-ledgers");
mkdirSync(folder, { recursive: true });
const result = await runFaults({
  ...options,
  kinds: chosen,
  ledgerFile: options.ledger ?? join(folder, `${options.seed}-${process.pid}.jsonl`),
  say,
});
const report = toReport(result);
if (options.report !== undefined) writeFileSync(options.report, report);
say(`\n${report}`);
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(result.violations.length === 0 ? 0 : 1);
