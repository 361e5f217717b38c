import type { Finding } from "./record.ts";
import { RETENTION_MS, type SoakOptions, type SoakResult } from "./soak.ts";
import type { Sample } from "./soak-judge.ts";
import { drawLines } from "./draw-lines.ts";
import { toTable } from "./table.ts";

const PICTURES = { memory: "soak-memory", latency: "soak-latency" } as const;

/** A soak, with the figures of each twelfth of it. */
export function toSoakFinding(
  { seed, minutes, rate }: Pick<SoakOptions, "seed" | "minutes" | "rate">,
  result: SoakResult,
): Finding {
  const { samples, growth, heapGrowth, slower, findings } = result;
  const names = Object.keys(samples[0]?.memoryMb ?? {});
  const processes = Object.keys(heapGrowth);
  const shown = samples.filter((_, index) => index % 5 === 4);
  const head = (names_: readonly string[]): string[] => ["minute", ...names_];
  const rowsOf = (what: "memoryMb" | "heapMb", of: readonly string[]): (string | number)[][] => [
    ...shown.map((sample) => [sample.minute, ...of.map((name) => sample[what][name] ?? "–")]),
    [
      "**growth in an hour**",
      ...of.map((name) => `${(what === "memoryMb" ? growth : heapGrowth)[name] ?? "–"} %`),
    ],
  ];
  const isFine = findings.length === 0;
  const verdict = isFine ? "flat" : findings.join("; ");
  const markdown = [
    `Seed ${seed}: ${minutes} minutes at ${rate} events a second through two ingest, two workers with three processors, a`,
    `console and one Redis, without faults. Jobs that ended are kept for ${RETENTION_MS / 1_000} s here, and delivery ids too, so that what`,
    "Redis holds is at its height after some minutes, not after days. No event becomes a dead letter, which would stay",
    "until somebody looks.",
    "",
    isFine
      ? "**Flat**: in the second half the floor of no process, heap or Redis rose by more than 15 % an hour, and the last third was not slower than the middle."
      : findings.map((each) => `- **${each}**`).join("\n"),
    "",
    "Resident memory of each process and what Redis uses, MB. It is a saw; the growth is from the least of the third quarter to the least of the last:",
    "",
    toTable(head(names), rowsOf("memoryMb", names)),
    "",
    ...(processes.length === 0
      ? []
      : [
          "The heap of each process, MB, after a collection of garbage each minute:",
          "",
          toTable(head(processes), rowsOf("heapMb", processes)),
          "",
        ]),
    "How long an answer took, and from the first sending of an event to its first effect at the receiver, ms:",
    "",
    toTable(
      ["minute", "answer: median", "99 %", "effect: median", "99 %", "keys in Redis"],
      shown.map(({ minute, answer, effect, keys }) => [
        minute,
        answer.median,
        answer.p99,
        effect.median,
        effect.p99,
        keys,
      ]),
    ),
    "",
    `The median of the last third by that of the middle third: answers ${slower.answer}, effects ${slower.effect}.`,
    "",
    `![Memory of every process and of Redis over the soak](${PICTURES.memory}.svg)`,
    "",
    `![How long answers and effects took over the soak](${PICTURES.latency}.svg)`,
    "",
  ].join("\n");
  return {
    isFine,
    summary: `${minutes} minutes at ${rate} events a second: ${verdict}`,
    markdown,
    pictures: draw(samples, names),
  };
}

function draw(samples: readonly Sample[], names: readonly string[]): Record<string, string> {
  const at = samples.map(({ minute }) => minute);
  return {
    [PICTURES.memory]: drawLines({
      title: "Resident memory, MB",
      x: "minutes",
      at,
      lines: names.map((name) => ({ name, values: samples.map(({ memoryMb }) => memoryMb[name] ?? 0) })),
    }),
    [PICTURES.latency]: drawLines({
      title: "Time taken, ms",
      x: "minutes",
      at,
      lines: [
        { name: "answer, median", values: samples.map(({ answer }) => answer.median) },
        { name: "answer, 99 %", values: samples.map(({ answer }) => answer.p99) },
        { name: "effect, median", values: samples.map(({ effect }) => effect.median) },
        { name: "effect, 99 %", values: samples.map(({ effect }) => effect.p99) },
      ],
    }),
  };
}
