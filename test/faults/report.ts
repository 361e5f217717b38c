import { cpus, totalmem } from "node:os";
import { explainRepeat } from "./explain.ts";
import { groupBy } from "./group-by.ts";
import type { LedgerData } from "./ledger.ts";
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
    "Why a processor acted again with the same key, and how often:",
    "",
    table(["cause", "times"], repeatsByCause(ledger)),
    "",
    "From the end of a fault to the next acknowledgement, and to the next effect of a processor, in seconds, where no",
    "other fault was at work:",
    "",
    table(["fault", "times", "acknowledged: median", "most", "effect: median", "most"], recoveries),
    "",
  ].join("\n");
}

function countsOf({ ledger, acknowledged, jobs, dead, drainedMs, lost }: RunResult): (string | number)[][] {
  const authentic = ledger.sent.filter(({ kind }) => kind !== "wrong-secret").length;
  const keys = new Set(ledger.effects.map(({ key }) => key)).size;
  return [
    ["events sent with a right secret", authentic],
    ["of them acknowledged", acknowledged],
    ["of them lost in a failover, as they may be", lost.length],
    ["given up by Misskey after four sends", authentic - acknowledged],
    ["sends", ledger.sends.length],
    ["of them answered 202, 200, 503, none", answersOf(ledger)],
    ["faults", `${ledger.faults.length}, of ${new Set(ledger.faults.map(({ kind }) => kind)).size} kinds`],
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

function repeatsByCause(ledger: LedgerData): (string | number)[][] {
  const causes = new Map<string, number>();
  for (const own of groupBy(ledger.effects, ({ key }) => key).values())
    for (const [at, after] of own.entries()) {
      const before = own[at - 1];
      const cause = before && (explainRepeat(before, after, ledger) ?? "none");
      if (cause !== undefined) causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
  return [...causes].toSorted(([, a], [, b]) => b - a);
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(1);
