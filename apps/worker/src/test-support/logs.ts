import type { Log } from "@misskeep/processor";

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type ChildLog = Log & { child(bindings: object): ChildLog };

/** A log that is kept. */
export function testLog(lines: LogLine[] = [], bindings: object = {}): ChildLog {
  const write =
    (level: LogLine["level"]) =>
    (fields: object, message: string): void =>
      void lines.push({ level, message, fields: { ...bindings, ...fields } });
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (more) => testLog(lines, { ...bindings, ...more }),
  };
}
