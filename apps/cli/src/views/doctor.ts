import type { Diagnosis } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { type Look, wrap } from "./look.ts";

export function doctorView({ healthy, findings }: Diagnosis, { paint, columns }: Look): string {
  const marks = { ok: paint.green("ok  "), warn: paint.yellow("warn"), fail: paint.red("FAIL") };
  const lines = findings.map(({ level, message, remedy }) => {
    const text = wrap(oneLine(message), columns - 6);
    const todo = remedy === null ? [] : wrap(`→ ${oneLine(remedy)}`, columns - 6);
    return `${marks[level]}  ${[...text, ...todo].join("\n      ")}`;
  });
  const warnings = findings.filter(({ level }) => level === "warn").length;
  const end = healthy
    ? warnings > 0
      ? "No promise is broken."
      : "All is well."
    : paint.red("A promise is broken.");
  return [...lines, "", end].join("\n");
}
