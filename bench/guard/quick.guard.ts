/** The measurements as a person calls them, on a part that needs nothing installed: they run, and find nothing lost. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import type { Report } from "../report/report.ts";

const run = promisify(execFile);
const SOURCE = ["--conditions=misskeep-source", "--import", "tsx", "bench/main.ts"];

test("a quick run measures replicas and a backlog, and every event is handled once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-bench-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const json = join(folder, "report.json");
  const args = [...SOURCE, "--quick", "--only", "scale", "--json", json];
  // It ends with an error where something is lost, or there twice.
  const { stdout } = await run(process.execPath, args, { cwd: repositoryRoot });
  expect(stdout).toContain("Many events waiting");
  const { tables, targets } = JSON.parse(await readFile(json, "utf8")) as Report;
  expect(tables.map(({ id }) => id)).toEqual(["workers", "ingests", "backlog"]);
  const verdicts = tables.flatMap(({ rows }) => rows.flatMap(({ verdict }) => verdict ?? []));
  expect(verdicts).toHaveLength(5);
  for (const verdict of verdicts) expect(verdict).toMatchObject({ lost: 0, repeated: 0 });
  expect(targets).not.toEqual([]);
});
