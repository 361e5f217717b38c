/** What a form of the suite found, kept as a file: from some of them the report under docs/ is written. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Conditions } from "./conditions.ts";

/** In the order of the report. */
export const FORMS = ["faults", "failovers", "whole", "fuzz", "soak", "canaries"] as const;
export type Form = (typeof FORMS)[number];

export interface Finding {
  readonly isFine: boolean;
  /** In a line: how much, and what came of it. */
  readonly summary: string;
  /** All of it, in Markdown, with headings from the third level on. */
  readonly markdown: string;
  /** Pictures that it shows, by name: SVG. */
  readonly pictures?: Readonly<Record<string, string>>;
}

export interface FormRecord extends Finding {
  readonly form: Form;
  readonly conditions: Conditions;
  readonly seed: number;
  readonly seconds: number;
}

export function writeRecord(folder: string, record: FormRecord): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${record.form}.json`), JSON.stringify(record, undefined, 2));
}

/** @throws Error if there is none */
export function readRecords(folder: string): readonly FormRecord[] {
  const names = new Set(readdirSync(folder));
  const found = FORMS.filter((form) => names.has(`${form}.json`));
  if (found.length === 0) throw new Error(`There is no record in ${folder}.`);
  return found.map((form) => JSON.parse(readFileSync(join(folder, `${form}.json`), "utf8")) as FormRecord);
}
