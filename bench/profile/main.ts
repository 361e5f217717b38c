/**
 * Where the time goes: Misskeep's ingest, or its worker, under the load of the measurements, with Node's own profiler.
 *
 *     node --conditions=misskeep-source --import tsx bench/profile/main.ts ingest|worker [FOLDER] [ROOT]
 *
 * Prints where the CPU was, by function and by package; the folder gets the `.cpuprofile` for a flame graph (Chrome's
 * DevTools, speedscope.app).
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { startIngest } from "../contestants/misskeep.ts";
import { startWorker } from "../contestants/misskeep-worker.ts";
import { openRecords } from "../contestants/records.ts";
import type { Scene } from "../contestants/contestant.ts";
import { stopAllRedis } from "../host/redis.ts";
import { startGenerator } from "../load/generator.ts";
import { fillInbox } from "../measure/fill-inbox.ts";
import { withScene } from "../measure/scene.ts";
import { untilHandled } from "../measure/until-handled.ts";
import { type CpuProfile, selfTimes } from "./self-times.ts";

const LOAD_MS = 10_000;
const EVENTS = 40_000;
const SHOWN = 30;

const [what = "ingest", given = ".misskeep/bench/profile", root = repositoryRoot] = process.argv.slice(2);
const folder = resolve(given);
const nodeArgs = [
  "--cpu-prof",
  `--cpu-prof-dir=${folder}`,
  `--cpu-prof-name=${what}-${Date.now()}.cpuprofile`,
];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function profileIngest(scene: Scene): Promise<void> {
  const load = startGenerator();
  const { url, program } = await startIngest(scene, { nodeArgs });
  try {
    await load.run({ urls: [url], connections: 64, resends: 0.1, durationMs: LOAD_MS });
  } finally {
    await program.stop();
    load.stop();
  }
}

async function profileWorker(scene: Scene): Promise<void> {
  const records = await openRecords(`${scene.folder}/records`);
  await fillInbox(scene.redis.client, EVENTS);
  const options = { records: records.folder, processors: 1, interested: 1, concurrency: 50, nodeArgs };
  const worker = await startWorker(scene, options);
  await untilHandled(records, EVENTS);
  await worker.stop();
}

await mkdir(folder, { recursive: true });
try {
  await withScene({ fsync: "everysec", root }, what === "worker" ? profileWorker : profileIngest);
} finally {
  await stopAllRedis();
}
const file =
  (await readdir(folder))
    .filter((name) => name.startsWith(what))
    .toSorted()
    .at(-1) ?? "";
const { functions, packages, busyMs } = selfTimes(
  JSON.parse(await readFile(join(folder, file), "utf8")) as CpuProfile,
);
say(`${join(folder, file)}: ${busyMs.toFixed(0)} ms busy\n`);
for (const [title, list] of [
  ["by package", packages],
  ["by function", functions],
] as const) {
  say(`${title}, share of the busy time:`);
  for (const { name, share } of list.slice(0, SHOWN))
    say(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`);
}
