/** `npm run bench`: measures Misskeep beside what people would use instead. See docs/performance.md. */
import { writeFile } from "node:fs/promises";
import { parseInfo } from "@misskeep/redis";
import { installPackages } from "./contestants/install.ts";
import { versionsOf } from "./contestants/versions.ts";
import { describeMachine } from "./host/machine.ts";
import { stopAllRedis } from "./host/redis.ts";
import { complaintsOf } from "./judge/complaints.ts";
import { startGenerator } from "./load/generator.ts";
import type { Bench } from "./measure/bench.ts";
import { groups } from "./measure/groups.ts";
import { withScene } from "./measure/scene.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { writePage } from "./report/page.ts";
import type { Report } from "./report/report.ts";
import type { Table } from "./report/table.ts";
import { targetsOf } from "./report/targets.ts";
import { toText } from "./report/terminal.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** @returns what makes the command fail */
async function main(options: Options): Promise<readonly string[]> {
  if (options.isInstalling) installPackages();
  const { root, sizes, only } = options;
  const version = await withScene({ fsync: "everysec", root }, async ({ redis }) =>
    parseInfo(await redis.client.info("server")).get("redis_version"),
  );
  const machine = describeMachine(version ?? "unknown");
  const load = startGenerator();
  const bench: Bench = { sizes, load, root, say, absent: new Map() };
  const tables: Table[] = [];
  const reportSoFar = (): Report => ({
    machine,
    sizes,
    versions: versionsOf(),
    tables,
    targets: targetsOf(tables),
    absent: Object.fromEntries(bench.absent),
  });
  try {
    for (const name of only) {
      tables.push(...(await groups[name](bench)));
      // What took half an hour is not lost with what comes after it.
      if (options.json !== undefined)
        await writeFile(options.json, `${JSON.stringify(reportSoFar(), null, 2)}\n`);
    }
  } finally {
    load.stop();
  }
  const report = reportSoFar();
  process.stdout.write(`\n${toText(report)}`);
  if (options.docs !== undefined) await writePage(options.docs, report);
  return complaintsOf(tables);
}

let options: Options;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  say(`${(error as Error).message}\n\n${usage}`);
  process.exit(2);
}
if (options.isAsking) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const stopped = new Promise<"stopped">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve("stopped"));
});
let end: readonly string[] | "stopped";
try {
  end = await Promise.race([main(options), stopped]);
} finally {
  await stopAllRedis();
}
// What was under way would go on to ask servers that are gone; programs end with this process.
if (end === "stopped") process.exit(130);
for (const complaint of end) say(complaint);
process.exitCode = end.length > 0 ? 1 : 0;
