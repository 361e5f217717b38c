/**
 * Where and how a payload differs from its schema, in words that may be logged: paths hold only names from our
 * schemas, messages only kinds of values. No text, name or id of the payload gets into either.
 */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

export interface Mismatch {
  /** `body.note.files[].url`: array indexes are left out, so that equal mistakes have equal paths. */
  readonly path: string;
  readonly message: string;
}

/**
 * @param issues what zod found
 * @param input the value it was found in
 * @returns one mismatch per path, in the order found
 */
export function toMismatches(issues: readonly Issue[], input: unknown): Mismatch[] {
  const byPath = new Map<string, Mismatch>();
  for (const issue of issues) {
    const path = formatPath(issue.path);
    if (!byPath.has(path)) byPath.set(path, { path, message: messageOf(issue, valueAt(input, issue.path)) });
  }
  return [...byPath.values()];
}

function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += "[]";
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}

function messageOf(issue: Issue, value: unknown): string {
  return `expected ${expectedBy(issue)}, got ${kindOf(value)}`;
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `at most ${issue.maximum} characters`;
    case "too_small":
      return `at least ${issue.minimum} character`;
    case "custom":
      return String(issue.params?.["expected"] ?? "another value");
    default:
      return "another value";
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number out of range";
  if (typeof value === "string") return value === "" ? "empty string" : "string";
  return typeof value;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
