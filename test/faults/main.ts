/** The suite as a program; `npm run test:faults -- --long` and the like start it. See docs/faults.md. */
import { randomInt } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { canaries } from "./canaries/index.ts";
import { runCanary, runControl } from "./canaries/run-canaries.ts";
import type { Fault } from "./faults/fault.ts";
import { allFaults, failoverFaults, faults, longFailoverFaults } from "./faults/index.ts";
import { fuzzDoor } from "./fuzz/fuzz-door.ts";
import { toFuzzReport } from "./fuzz/report.ts";
import { type Options, parseOptions } from "./options.ts";
import { toReport } from "./report.ts";
import { runFailovers, runFaults, type RunResult } from "./run.ts";
import { soak, toSoakReport } from "./soak.ts";
import { runWhole } from "./whole.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), "misskeep-fault-ledgers-"));

const fileFor = ({ ledger, seed }: Options): { ledgerFile: string } => ({
  ledgerFile: ledger ?? join(folder, `${seed}.jsonl`),
});

function chosen<W>(all: readonly Fault<W>[], { only }: Options): readonly Fault<W>[] {
  return all.filter(({ kind }) => only.length === 0 || only.some((part) => kind.includes(part)));
}

function tell({ report }: Options, result: RunResult): boolean {
  const text = toReport(result);
  if (report !== undefined) writeFileSync(report, text);
  say(`\n${text}`);
  return result.violations.length === 0;
}

/** @returns whether everything is as it should be */
const programs: Readonly<Record<Options["what"], (options: Options) => Promise<boolean>>> = {
  async faults(options) {
    const kinds = chosen(options.isLong ? allFaults : faults, options);
    return tell(options, await runFaults({ ...options, ...fileFor(options), kinds, say }));
  },

  async failovers(options) {
    const kinds = chosen(options.isLong ? longFailoverFaults : failoverFaults, options);
    return tell(options, await runFailovers({ ...options, ...fileFor(options), kinds, say }));
  },

  async whole(options) {
    // A start takes some seconds: fewer strikes in the same time.
    const each = Math.ceil(options.faults / 4);
    return tell(options, await runWhole({ ...options, ...fileFor(options), faults: each, say }));
  },

  async canaries({ seed, root, only }) {
    let missed = 0;
    for (const canary of canaries) {
      if (only.length > 0 && !only.some((part) => canary.name.includes(part))) continue;
      if (canary.durability !== undefined) {
        const violations = await runControl(canary, { seed, folder, say, root });
        if (violations.length > 0) missed += 1;
        say(`without the change: ${violations.length} violations ${JSON.stringify(violations.slice(0, 5))}`);
      }
      const caught = await runCanary(canary, { seed, folder, say, root });
      if (caught.seed === undefined) missed += 1;
      const { name, caughtBy } = canary;
      say(
        caught.seed === undefined
          ? `NOT NOTICED: ${name}`
          : `noticed: ${name}, by \`${caughtBy}\` ${caught.times} times, seed ${caught.seed}; also ${caught.others.join(", ") || "nothing"}`,
      );
    }
    return missed === 0;
  },

  async fuzz({ seed, requests, root = repositoryRoot, report }) {
    say(`seed ${seed}`);
    const result = await fuzzDoor({ seed, requests, root, say });
    const text = toFuzzReport(seed, result);
    if (report !== undefined) writeFileSync(report, text);
    say(text);
    return result.findings.length === 0;
  },

  async soak({ seed, minutes, rate, root, report }) {
    say(`seed ${seed}`);
    const result = await soak({
      seed,
      minutes,
      rate,
      root,
      say,
      ledgerFile: join(folder, `soak-${seed}.jsonl`),
    });
    const text = toSoakReport(result);
    if (report !== undefined) writeFileSync(report, text);
    say(text);
    return result.findings.length === 0;
  },
};

// Children, a disk: they are let go of when a process exits, which a signal alone does not do.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
const began = Date.now();
const options = parseOptions(process.argv.slice(2), randomInt(2 ** 31));
const isFine = await programs[options.what](options);
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(isFine ? 0 : 1);
