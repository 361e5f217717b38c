import { explainRepeat } from "./explain.ts";
import { groupBy } from "./group-by.ts";
import type { LedgerData } from "./ledger.ts";
import type { Finding } from "./record.ts";
import { measureRecovery } from "./recovery.ts";
import type { RunResult } from "./run.ts";
import { toTable } from "./table.ts";

const INVARIANTS = [
  "kept",
  "never-sent",
  "once",
  "took-effect",
  "repeats-explained",
  "dead-explained",
  "never-final",
  "nothing-stuck",
  "nobody-died",
];

/** Violations; what failed at large fails for each event. */
const SHOWN = 40;

/** A run in Markdown: what it was, what struck, what held. */
export function toRunFinding(result: RunResult): Finding {
  const { options, ledger, violations } = result;
  const isFine = violations.length === 0;
  const { seed, rate, timeScale = 60 } = options;
  const markdown = [
    `Seed ${seed}: ${count(options.events)} events at ${rate} a second, ${ledger.faults.length} faults; Misskey's waits divided by ${timeScale}.`,
    "",
    isFine
      ? "**Every invariant held.**"
      : `**${violations.length} violations**, such as:\n\n${violations
          .slice(0, SHOWN)
          .map(({ invariant, detail }) => `- \`${invariant}\` ${detail}`)
          .join("\n")}`,
    "",
    toTable(
      ["invariant", "violations"],
      INVARIANTS.map((name) => [
        `\`${name}\``,
        violations.filter(({ invariant }) => invariant === name).length,
      ]),
    ),
    "",
    toTable(["what", "how many"], countsOf(result)),
    "",
    "Why a processor acted again with the same idempotency key, and how often:",
    "",
    toTable(["cause", "times"], repeatsByCause(ledger)),
    "",
    "Every kind of fault, how often it struck, and how soon all went on: from the fault's end to the next",
    "acknowledgement, and to the next effect of a processor, in seconds. Only those strikes are measured during which, and",
    "5 s before whose end, no other fault was at work.",
    "",
    toTable(
      ["fault", "struck", "measured", "acknowledged: median", "most", "effect: median", "most"],
      recoveriesOf(ledger),
    ),
    "",
  ].join("\n");
  const kinds = new Set(ledger.faults.map(({ kind }) => kind)).size;
  const verdict = isFine ? "every invariant held" : `${violations.length} violations`;
  const summary = `${count(options.events)} events, ${ledger.faults.length} faults of ${kinds} kinds: ${verdict}`;
  return { isFine, markdown, summary };
}

function countsOf(result: RunResult): (string | number)[][] {
  const { ledger, acknowledged, jobs, outcomes, drainedMs, lost } = result;
  const authentic = ledger.sent.filter(({ kind }) => kind !== "wrong-secret").length;
  const keys = new Set(ledger.effects.map(({ key }) => key)).size;
  const answered = (wanted: number | undefined): number =>
    ledger.sends.filter(({ status }) => status === wanted).length;
  const spooled = ledger.sends.filter(({ status, id }) => status === 202 && id === null).length;
  const others =
    ledger.sends.length -
    [202, 200, 503, 401, undefined].reduce<number>((sum, status) => sum + answered(status), 0);
  const known = new Set(["handled", "ignored", "dead"]);
  const otherOutcomes = Object.entries(outcomes).filter(([type]) => !known.has(type));
  const rows: [what: string, howMany: number][] = [
    ["events sent with the right secret", authentic],
    ["– acknowledged", acknowledged],
    ["– lost in a failover, as they may be", lost.length],
    ["– given up by Misskey after four sends", authentic - acknowledged],
    ["events sent with a wrong secret", ledger.sent.length - authentic],
    ["sends", ledger.sends.length],
    ["– resends", ledger.sends.length - ledger.sent.length],
    ["– answered 202, in Redis", answered(202) - spooled],
    ["– answered 202, in the spool", spooled],
    ["– answered 200: known already", answered(200)],
    ["– answered 503", answered(503)],
    ["– answered 401", answered(401)],
    ["– answered otherwise", others],
    ["– not answered", answered(undefined)],
    ["ends of processes", ledger.exits.length],
    ["jobs at the end, of all processors", jobs],
    ["– handled", outcomes["handled"] ?? 0],
    ["– ignored", outcomes["ignored"] ?? 0],
    ["– dead, as they were told, or no JSON", outcomes["dead"] ?? 0],
    ...otherOutcomes.map(([type, many]): [string, number] => [
      `– ${type === "none" ? "without an outcome" : type}`,
      many,
    ]),
    ["effects, by their idempotency key", keys],
    ["effects again with the same key", ledger.effects.length - keys],
  ];
  return [
    ...rows.map(([what, howMany]) => [what, count(howMany)]),
    ["from the last fault's end to nothing left to do", `${inSeconds(drainedMs)} s`],
  ];
}

function recoveriesOf(ledger: LedgerData): (string | number)[][] {
  const measured = new Map(measureRecovery(ledger).map((each) => [each.kind, each]));
  return [...groupBy(ledger.faults, ({ kind }) => kind)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([kind, struck]) => {
      const recovery = measured.get(kind);
      const { acknowledged, effect } = recovery ?? {};
      const times = [acknowledged?.median, acknowledged?.most, effect?.median, effect?.most];
      return [
        kind,
        struck.length,
        recovery?.count ?? 0,
        ...times.map((ms) => (ms === undefined ? "–" : inSeconds(ms))),
      ];
    });
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
const count = (value: number): string => value.toLocaleString("en");
