/** What can be measured, by the names that `--only` takes. */
import {
  backlogColumns,
  burnDownColumns,
  doorColumns,
  ingestsColumns,
  latencyColumns,
  pathColumns,
  type Table,
  workersColumns,
} from "../report/table.ts";
import { measureBacklog } from "./backlog.ts";
import type { Bench } from "./bench.ts";
import { measureBurnDowns } from "./burn-down.ts";
import { measureDoor } from "./door.ts";
import { measureLatency } from "./latency.ts";
import { measurePath } from "./path.ts";
import { measureIngests, measureWorkers } from "./replicas.ts";

const DURABILITY = "Redis syncs every second (`appendfsync everysec`).";

export const groups = {
  door: async (bench) => [
    {
      id: "door",
      title: "The door",
      note: `Real captures of about 2 KB with ids of their own over 64 connections that stay open, one in ten a resend; all figures are per delivery. ${DURABILITY}`,
      columns: doorColumns,
      rows: await measureDoor(bench),
    },
  ],

  path: async (bench) => [
    {
      id: "path",
      title: "From the request to handled",
      note: `${bench.sizes.pathEvents.toLocaleString("en")} events through door and worker at the same time, by processors that do nothing, 50 at a time each. ${DURABILITY}`,
      columns: pathColumns,
      rows: await measurePath(bench),
    },
    {
      id: "burn-down",
      title: "Without HTTP, beside other queues",
      note: `Jobs with one argument of 1 KB are enqueued, then worked off by a job that does nothing, with each one's own default concurrency or 50. ${DURABILITY}`,
      columns: burnDownColumns,
      rows: await measureBurnDowns(bench),
    },
  ],

  latency: async (bench) =>
    (await measureLatency(bench)).map(({ id, title, rows }) => ({
      id,
      title,
      note: "At a rate that is kept whatever happens; times count from when a delivery was due.",
      columns: latencyColumns,
      rows,
    })),

  scale: async (bench) => [
    {
      id: "workers",
      title: "More workers",
      note: `A processor that waits 20 ms, 10 at a time in each replica: ideally 500 a second each. ${DURABILITY}`,
      columns: workersColumns,
      rows: await measureWorkers(bench),
    },
    {
      id: "ingests",
      title: "More ingests",
      note: `As at the door, the 64 connections shared. More of them need more cores than one for them all. ${DURABILITY}`,
      columns: ingestsColumns,
      rows: await measureIngests(bench),
    },
    {
      id: "backlog",
      title: "Many events waiting",
      note: `What a stored event takes, and whether anything becomes slower by them. Dispatch and work are measured with what the door has taken besides, some 100,000. ${DURABILITY}`,
      columns: backlogColumns,
      rows: await measureBacklog(bench),
    },
  ],
} satisfies Readonly<Record<string, (bench: Bench) => Promise<readonly Table[]>>>;

export type GroupName = keyof typeof groups;
