import { cpus, totalmem } from "node:os";
import type { LedgerData } from "./ledger.ts";
import { judgeAnswer } from "./misskey-backoff.ts";
import { measureRecovery } from "./recovery.ts";
import type { RunResult } from "./run.ts";

/** A run in Markdown: what it was, what struck, what held. */
export function toReport(result: RunResult): string {
  const { options, ledger, violations } = result;
  const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
    [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  const recoveries = measureRecovery(ledger).map(({ kind, count, acknowledged, effect }) => [
    kind,
    count,
    inSeconds(acknowledged.median),
    inSeconds(acknowledged.most),
    inSeconds(effect.median),
    inSeconds(effect.most),
  ]);
  return [
    `Seed ${options.seed}, ${options.events} events at ${options.rate}/s, Misskey's waits divided by ${options.timeScale ?? 60}; Node ${process.version}, ${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GB.`,
    "",
    table(["", ""], countsOf(result)),
    "",
    violations.length === 0
      ? "**Every invariant held.**"
      : `**${violations.length} violations:**\n\n${violations.map(({ invariant, detail }) => `- \`${invariant}\` ${detail}`).join("\n")}`,
    "",
    "From the end of a fault to the next acknowledgement, and to the next effect of a processor, in seconds:",
    "",
    table(["fault", "times", "acknowledged: median", "most", "effect: median", "most"], recoveries),
    "",
  ].join("\n");
}

function countsOf({ ledger, acknowledged, jobs, dead, drainedMs }: RunResult): (string | number)[][] {
  const authentic = ledger.sent.filter(({ kind }) => kind !== "wrong-secret").length;
  const keys = new Set(ledger.effects.map(({ key }) => key)).size;
  return [
    ["events sent with a right secret", authentic],
    ["of them acknowledged", acknowledged],
    ["given up by Misskey after four sends", authentic - acknowledged],
    ["sends", ledger.sends.length],
    ["of them answered 202, 200, 503, none", answersOf(ledger)],
    ["faults", ledger.faults.length],
    ["ends of processes", ledger.exits.length],
    ["jobs at the end", jobs],
    ["of them dead", dead],
    ["effects by idempotency key", keys],
    ["repeats with the same key, all explained", ledger.effects.length - keys],
    ["from the last fault's end to nothing left to do", `${inSeconds(drainedMs)} s`],
  ];
}

function answersOf({ sends }: LedgerData): string {
  const count = (is: (status: number | undefined) => boolean): number =>
    sends.filter(({ status }) => is(status)).length;
  return [202, 200, 503, undefined].map((wanted) => count((status) => status === wanted)).join(", ");
}

/** Whether any of its sends had an answer of another kind than those above. */
export function oddAnswers({ sends }: LedgerData): readonly number[] {
  return sends.flatMap(({ status }) =>
    status === undefined || judgeAnswer(status) === "done" || status === 503 || status === 401
      ? []
      : [status],
  );
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(1);
