/** What a loss of power leaves of what a process did. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Disk, openDisk } from "./disk.ts";

function makeDisk(): { disk: Disk; spool: string; run: (script: string) => void } {
  const parent = mkdtempSync(join(tmpdir(), "misskeep-disk-"));
  const disk = openDisk(parent);
  onTestFinished(() => {
    disk.close();
    rmSync(parent, { recursive: true, force: true });
  });
  const circumstances = join(parent, "circumstances.json");
  writeFileSync(circumstances, "{}");
  const spool = join(disk.folder, "spool");
  const hook = pathToFileURL(join(import.meta.dirname, "circumstances.mjs")).href;
  const run = (script: string): void => {
    const prelude = `import { mkdir, open, rename } from "node:fs/promises"; await mkdir(${JSON.stringify(spool)}, { recursive: true }); process.chdir(${JSON.stringify(spool)});
      const at = (name) => ${JSON.stringify(spool)} + (name ? "/" + name : "");`;
    execFileSync(process.execPath, ["--import", hook, "--input-type=module", "-e", `${prelude}${script}`], {
      env: { ...process.env, ...disk.env, FAULTS_CIRCUMSTANCES: circumstances },
    });
  };
  return { disk, spool, run };
}

const write = (name: string): string =>
  `{ const file = await open(at("${name}"), "wx"); await file.writeFile("0123456789"); `;

test("what was synced with its folder stays whole", () => {
  const { disk, spool, run } = makeDisk();
  run(
    `${write("part")} await file.sync(); await file.close(); } await rename(at("part"), at("a.event")); await (await open(at(), "r")).sync();`,
  );
  expect(disk.losePower()).toBe(0);
  expect(readFileSync(join(spool, "a.event"), "utf8")).toBe("0123456789");
});

test("a name that its folder was not synced with is gone", () => {
  const { disk, spool, run } = makeDisk();
  run(`${write("part")} await file.sync(); await file.close(); } await rename(at("part"), at("a.event"));`);
  expect(disk.losePower()).toBe(1);
  expect(readdirSync(spool)).toEqual([]);
});

test("a file that was not synced is torn", () => {
  const { disk, spool, run } = makeDisk();
  run(
    `${write("part")} await file.close(); } await rename(at("part"), at("a.event")); await (await open(at(), "r")).sync();`,
  );
  expect(disk.losePower()).toBe(1);
  expect(readFileSync(join(spool, "a.event"), "utf8")).toBe("01234");
});

test("a disk of its own can be filled, and freed", () => {
  const { disk } = makeDisk();
  if (!disk.isOwn) return;
  disk.fill();
  const file = join(disk.folder, "x");
  expect(() => writeFileSync(file, Buffer.alloc(10_000))).toThrow(/ENOSPC/);
  disk.free();
  writeFileSync(file, Buffer.alloc(10_000));
});
