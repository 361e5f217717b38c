import type { FuzzResult } from "./fuzz-door.ts";

export function toFuzzReport(
  seed: number,
  { requests, findings, answers, memoryMb, seconds }: FuzzResult,
): string {
  const rows = [...answers]
    .filter(([, count]) => count >= requests / 10_000)
    .toSorted(([, a], [, b]) => b - a);
  return [
    `Seed ${seed}: ${requests} connections in ${seconds} s.`,
    "",
    findings.length === 0 ? "**Nothing unexplained.**" : findings.map((each) => `- ${each}`).join("\n"),
    "",
    `Memory of ingest after each tenth, MB: ${memoryMb.join(", ")}`,
    "",
    "| sent: answered | times |",
    "| --- | --- |",
    ...rows.map(([key, count]) => `| ${key} | ${count} |`),
    "",
  ].join("\n");
}
