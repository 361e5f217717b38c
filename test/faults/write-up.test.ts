/** What the report under docs/ tells of the forms: above all what is not as it should be, and what was not run. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FormRecord, writeRecord } from "./record.ts";
import { toDocument, writeUp } from "./write-up.ts";

const record = (over: Partial<FormRecord> = {}): FormRecord => ({
  form: "faults",
  conditions: {
    at: "2026-01-02T03:04:05.678Z",
    commit: "0123456789",
    node: "20.20.2",
    redis: "8.0.2",
    kernel: "Linux 6.1.0",
    cores: 2,
    memoryGb: 24,
  },
  seed: 7,
  seconds: 600,
  isFine: true,
  summary: "100 events, 2 faults of 2 kinds: every invariant held",
  markdown: "All of it.\n",
  ...over,
});

test("tells each form's result, seed, commit and versions, and all of it", () => {
  const text = toDocument([record()]);
  for (const part of ["every invariant held", "`0123456789`", "| 7 ", "20.20.2", "8.0.2", "All of it."])
    expect(text).toContain(part);
  expect(text).not.toContain("not fine");
});

test("tells first what is not as it should be, and which forms were not run", () => {
  const text = toDocument([record(), record({ form: "soak", isFine: false, summary: "it grew" })]);
  expect(text).toMatch(/\[The soak\]\(#the-soak\) \| \*\*not fine:\*\* it grew/);
  expect(text).toMatch(/Not run for this report: .*Fuzzing the HTTP door/);
});

test("writes the report and its pictures from the records of a folder, in the report's order", async () => {
  const folder = mkdtempSync(join(tmpdir(), "misskeep-records-"));
  writeRecord(
    join(folder, "records"),
    record({ form: "soak", isFine: false, pictures: { lines: "<svg/>" } }),
  );
  writeRecord(join(folder, "records"), record());
  const report = join(folder, "report.md");
  expect(await writeUp({ records: join(folder, "records"), report })).toBe(false);
  const text = readFileSync(report, "utf8");
  expect(text.indexOf("## The long run")).toBeGreaterThan(0);
  expect(text.indexOf("## The soak")).toBeGreaterThan(text.indexOf("## The long run"));
  expect(readdirSync(folder).toSorted()).toEqual(["lines.svg", "records", "report.md"]);
});
