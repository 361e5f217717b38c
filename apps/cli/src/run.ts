import { CommanderError } from "commander";
import type { Deps } from "./deps.ts";
import { type ExitCode, reportOf } from "./errors.ts";
import { createProgram } from "./program.ts";
import { toJson } from "./text/safe.ts";
import { wrap } from "./views/look.ts";

/**
 * Runs one command.
 *
 * @param args without node and script
 * @returns the exit code; the error, if there was one, is told on stderr
 */
export async function run(args: readonly string[], version: string, deps: Deps): Promise<ExitCode> {
  const { terminal } = deps;
  const asJson = args.includes("--json");
  let exitCode: ExitCode = 0;
  const setExitCode = (code: ExitCode): void => {
    exitCode = code;
  };
  const showHelp = (text: string): void => {
    if (!asJson) terminal.note(text.trimEnd());
  };
  const program = createProgram(version, deps, setExitCode, showHelp);
  const tell = (code: string, message: string, to: ExitCode): ExitCode => {
    const lines = message
      .split("\n")
      .flatMap((line, i) => wrap(`${i === 0 ? `${code} ` : ""}${line}`, terminal.columns));
    terminal.note(
      asJson ? toJson({ code, message }) : lines.join("\n").replace(code, terminal.paint.red(code)),
    );
    return to;
  };
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code !== "commander.help") return tell("USAGE", error.message.replace(/^error: /, ""), 2);
      return asJson ? tell("USAGE", "Say what to do, such as `misskeep status`.", 2) : 2;
    }
    const report = reportOf(error);
    return tell(report.code, report.message, report.exitCode);
  }
}
