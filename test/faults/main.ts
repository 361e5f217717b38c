/** The suite as a program; `npm run test:faults -- --long` and the like start it. See docs/faults.md. */
import { randomInt } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { canaries } from "./canaries/index.ts";
import { runCanary, runControl } from "./canaries/run-canaries.ts";
import { readConditions } from "./conditions.ts";
import type { Fault } from "./faults/fault.ts";
import { allFaults, failoverFaults, faults, longFailoverFaults } from "./faults/index.ts";
import { fuzzDoor } from "./fuzz/fuzz-door.ts";
import { toFuzzFinding } from "./fuzz/report.ts";
import { type Options, parseOptions } from "./options.ts";
import { type Finding, type Form, writeRecord } from "./record.ts";
import { toRunFinding } from "./report.ts";
import { runFailovers, runFaults } from "./run.ts";
import { soak } from "./soak.ts";
import { toSoakFinding } from "./soak-report.ts";
import { toTable } from "./table.ts";
import { runWhole } from "./whole.ts";
import { writeUp } from "./write-up.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), "misskeep-fault-ledgers-"));

const fileFor = ({ ledger, seed }: Options): { ledgerFile: string } => ({
  ledgerFile: ledger ?? join(folder, `${seed}.jsonl`),
});

function chosen<W>(all: readonly Fault<W>[], { only }: Options): readonly Fault<W>[] {
  return all.filter(({ kind }) => only.length === 0 || only.some((part) => kind.includes(part)));
}

const programs: Readonly<Record<Form, (options: Options) => Promise<Finding>>> = {
  async faults(options) {
    const kinds = chosen(options.isLong ? allFaults : faults, options);
    return toRunFinding(await runFaults({ ...options, ...fileFor(options), kinds, say }));
  },

  async failovers(options) {
    const kinds = chosen(options.isLong ? longFailoverFaults : failoverFaults, options);
    return toRunFinding(await runFailovers({ ...options, ...fileFor(options), kinds, say }));
  },

  async whole(options) {
    // A start takes some seconds: fewer strikes in the same time.
    const each = Math.ceil(options.faults / 4);
    return toRunFinding(await runWhole({ ...options, ...fileFor(options), faults: each, say }));
  },

  async canaries({ seed, root, only }) {
    const rows: (string | number)[][] = [];
    let missed = 0;
    for (const canary of canaries) {
      if (only.length > 0 && !only.some((part) => canary.name.includes(part))) continue;
      if (canary.durability !== undefined) {
        const violations = await runControl(canary, { seed, folder, say, root });
        if (violations.length > 0) missed += 1;
        say(`without the change: ${violations.length} violations ${JSON.stringify(violations.slice(0, 5))}`);
        rows.push([`not ${canary.name}`, "nothing", violations.length, "–", seed]);
      }
      const caught = await runCanary(canary, { seed, folder, say, root });
      if (caught.seed === undefined) missed += 1;
      const others = caught.others.map((name) => `\`${name}\``).join(", ") || "–";
      rows.push([
        canary.name,
        `\`${canary.caughtBy}\``,
        caught.times,
        others,
        caught.seed ?? "**not noticed**",
      ]);
    }
    const summary = `${rows.length} builds: ${missed === 0 ? "each was judged rightly" : `${missed} were not`}`;
    const table = toTable(["build", "to be caught by", "violations", "also by", "seed"], rows);
    return { isFine: missed === 0, summary, markdown: `${table}\n` };
  },

  async fuzz({ seed, requests, root = repositoryRoot }) {
    return toFuzzFinding(seed, await fuzzDoor({ seed, requests, root, say }));
  },

  async soak(options) {
    const ledgerFile = join(folder, `soak-${options.seed}.jsonl`);
    return toSoakFinding(options, await soak({ ...options, ledgerFile, say }));
  },
};

/** @returns whether everything is as it should be */
async function run(form: Form, options: Options): Promise<boolean> {
  const { seed, root = repositoryRoot, records, report } = options;
  const conditions = await readConditions(root);
  const began = Date.now();
  say(`seed ${seed}`);
  const finding = await programs[form](options);
  const seconds = Math.round((Date.now() - began) / 1_000);
  if (records !== undefined) writeRecord(records, { form, conditions, seed, seconds, ...finding });
  if (report !== undefined) writeFileSync(report, finding.markdown);
  say(`\n${finding.markdown}\n${finding.summary}\ntook ${seconds} s`);
  return finding.isFine;
}

// Children, a disk: they are let go of when a process exits, which a signal alone does not do.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
const options = parseOptions(process.argv.slice(2), randomInt(2 ** 31));
const isFine = options.what === "write-up" ? await writeUp(options) : await run(options.what, options);
process.exit(isFine ? 0 : 1);
