import { oneLine } from "../text/safe.ts";
import { ago, exact } from "../text/words.ts";

/** Conditions in words, whether they are of a list, a run or the audit: plain JSON whose shape nobody promises. */
export function filterText(filter: unknown, now: number): string {
  if (typeof filter !== "object" || filter === null) return "";
  return Object.entries(filter as Readonly<Record<string, unknown>>)
    .flatMap(([name, value]) => {
      // It is named by whatever has the conditions.
      if (value === undefined || value === null || name === "processor") return [];
      if (typeof value === "number" && TIMES.has(name))
        return [`${LABELS[name] ?? name} ${exact(value).slice(0, 19)} (${ago(value, now)})`];
      // A run's scope holds its filter.
      if (name === "filter") return [filterText(value, now)].filter((text) => text !== "");
      if (name === "ids" && Array.isArray(value)) return [`${value.length} ids`];
      if (Array.isArray(value) && value.every((each) => typeof each === "string"))
        return [`${LABELS[name] ?? oneLine(name)} ${value.map(oneLine).join(" or ")}`];
      const text =
        typeof value === "object" ? JSON.stringify(value) : `${value as string | number | boolean}`;
      return [`${LABELS[name] ?? oneLine(name)} ${oneLine(text)}`];
    })
    .join(", ");
}

const TIMES = new Set(["diedAfter", "diedBefore", "from", "to", "until"]);

const LABELS: Readonly<Record<string, string>> = {
  minAttempts: "attempts at least",
  maxAttempts: "attempts at most",
  diedAfter: "died since",
  diedBefore: "died until",
  discardRun: "discarded by run",
};
