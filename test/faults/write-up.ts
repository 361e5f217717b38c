/** Writes the report under docs/ from the records of some forms. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Options } from "./options.ts";
import { type Form, type FormRecord, readRecords } from "./record.ts";
import { toTable } from "./table.ts";

const TITLES: Readonly<Record<Form, string>> = {
  faults: "The long run",
  failovers: "Failovers by sentinels",
  whole: "`npm start` as a whole",
  fuzz: "Fuzzing the HTTP door",
  soak: "The soak",
  canaries: "Builds broken on purpose",
};

/**
 * @returns whether every form is as it should be
 * @throws Error if it is not said from where to where
 */
export async function writeUp({ records, report }: Pick<Options, "records" | "report">): Promise<boolean> {
  if (records === undefined || report === undefined)
    throw new Error("--write-up needs --records FOLDER and --report FILE.");
  const found = readRecords(records);
  const style = await resolveConfig(report);
  writeFileSync(report, await format(toDocument(found), { ...style, parser: "markdown" }));
  for (const { pictures = {} } of found)
    for (const [name, svg] of Object.entries(pictures))
      writeFileSync(join(dirname(report), `${name}.svg`), svg);
  return found.every(({ isFine }) => isFine);
}

/** Every form, those that are not as they should be too. */
export function toDocument(records: readonly FormRecord[]): string {
  const missing = (Object.keys(TITLES) as Form[]).filter(
    (form) => !records.some((each) => each.form === form),
  );
  return [
    "# Fault report",
    "",
    "What [the suite that breaks Misskeep on purpose](faults.md) found when it was last run at length. It is written by",
    "`npm run test:faults -- --write-up` from what each form recorded; no figure in it is edited by hand. How to run it",
    "again stands at the end.",
    "",
    toTable(
      ["form", "what came of it"],
      records.map(({ form, isFine, summary }) => [
        `[${TITLES[form]}](#${toAnchor(TITLES[form])})`,
        isFine ? summary : `**not fine:** ${summary}`,
      ]),
    ),
    "",
    ...(missing.length === 0
      ? []
      : [`Not run for this report: ${missing.map((form) => TITLES[form]).join("; ")}.`, ""]),
    toTable(
      ["form", "began (UTC)", "took", "commit", "seed", "Node", "Redis", "kernel", "cores", "memory"],
      records.map(({ form, seed, seconds, conditions }) => [
        TITLES[form],
        conditions.at.slice(0, 16).replace("T", " "),
        seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`,
        `\`${conditions.commit}\``,
        seed,
        conditions.node,
        conditions.redis,
        conditions.kernel,
        conditions.cores,
        `${conditions.memoryGb} GB`,
      ]),
    ),
    "",
    "A `+` after a commit: its sources were changed. All of a form, the load, the receiver and Redis among it, shares the",
    "cores that are told.",
    "",
    ...records.flatMap(({ form, markdown }) => [`## ${TITLES[form]}`, "", markdown.trim(), ""]),
    "## What it does not show",
    "",
    "- What [the suite does not show](faults.md#what-it-does-not-show), above all a loss of power under Redis.",
    "- A figure for your machine. Times depend on the machine and on what else ran on it.",
    "- That a fault of another kind, or the same at another moment, does no harm. Each run's seed draws other moments: run it again.",
    "- Days. The soak is an hour, with what is kept for days shortened to minutes, so that Redis' memory reaches its height.",
    "  The suite takes the jobs that ended out of Redis itself, as their age would.",
    "- A misbehaving Misskey of a future version: the sender does what those did that were measured.",
    "",
    "## Again",
    "",
    "```sh",
    "npm run test:faults -- --long --records records",
    "npm run test:faults -- --sentinels --long --records records",
    "npm run test:faults -- --whole --records records",
    "npm run test:faults -- --fuzz --long --records records",
    "npm run test:faults -- --soak --rate 25 --records records",
    "npm run test:faults -- --canaries --records records",
    "npm run test:faults -- --write-up --records records --report docs/fault-report.md",
    "```",
    "",
    "`--seed` repeats one of above.",
    "",
  ].join("\n");
}

/** As GitHub makes one of a heading. */
function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}
