import { said } from "../host/machine.ts";
import { type Program, startProgram } from "../host/program.ts";
import type { Scene } from "./contestant.ts";
import { download } from "./download.ts";
import { startWorker } from "./misskeep-worker.ts";
import { programFile } from "./paths.ts";

/** A queue that takes jobs with one argument of about 1 KB, and works them off. */
export interface BurnDown {
  readonly name: string;
  readonly title: string;
  /** What becomes of a job whose worker dies. */
  readonly promise: string;
  /** How many of the jobs it gets: one that is slow would take for ever. */
  readonly share: number;
  whyAbsent?(): Promise<string | undefined>;
  /** The program that enqueues, and tells in its last line what that cost. */
  enqueue(scene: Scene): Promise<Command>;
  work(scene: Scene, records: string): Promise<Program>;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const CONCURRENCY = 50;
const PYTHON = "/usr/bin/python3";
const folder = programFile("burn-down");
const file = (name: string): string => `${folder}/${name}`;

const worker = (scene: Scene, { command, args, env }: Command): Promise<Program> =>
  startProgram({
    role: "worker",
    folder: scene.folder,
    cwd: folder,
    command,
    args,
    env: { PYTHONDONTWRITEBYTECODE: "1", ...env },
  });
const settings = ({ redis }: Scene, records?: string): Record<string, string> => ({
  REDIS_URL: redis.url,
  ...(records === undefined ? {} : { BENCH_RECORDS: records, BENCH_CONCURRENCY: String(CONCURRENCY) }),
});
const node = (name: string): Pick<Command, "command" | "args"> => ({
  command: process.execPath,
  args: [file(name)],
});

const misskeep: BurnDown = {
  name: "misskeep",
  title: "Misskeep (accept, dispatch, 1 processor)",
  promise: "runs again within 15 s; dead after five deaths, and kept",
  share: 1,
  enqueue: (scene) =>
    Promise.resolve({ ...node("misskeep-enqueue.mjs"), env: { ...settings(scene), BENCH_ROOT: scene.root } }),
  work: (scene, records) =>
    startWorker(scene, { records, processors: 1, interested: 1, concurrency: CONCURRENCY }),
};

const bullmq: BurnDown = {
  name: "bullmq",
  title: "BullMQ",
  promise: "runs again after 30 to 60 s; failed after the second death",
  share: 1,
  enqueue: (scene) => Promise.resolve({ ...node("bullmq-enqueue.mjs"), env: settings(scene) }),
  work: (scene, records) =>
    worker(scene, {
      command: process.execPath,
      args: [programFile("tutorial-worker.mjs")],
      env: settings(scene, records),
    }),
};

const BEE_QUEUE_VERSION = "2.0.0";
const beeHome = async (): Promise<Record<string, string>> => ({
  BEE_QUEUE: (await download("bee-queue", BEE_QUEUE_VERSION)) ?? "",
});
const beeQueue: BurnDown = {
  name: "bee-queue",
  title: "bee-queue",
  promise: "runs again once somebody calls checkStalledJobs; no retries by default",
  share: 1,
  whyAbsent: async () =>
    (await download("bee-queue", BEE_QUEUE_VERSION)) === undefined ? "npm cannot download it" : undefined,
  enqueue: async (scene) => ({ ...node("bee-queue.mjs"), env: { ...settings(scene), ...(await beeHome()) } }),
  work: async (scene, records) =>
    worker(scene, { ...node("bee-queue.mjs"), env: { ...settings(scene, records), ...(await beeHome()) } }),
};

const sidekiq: BurnDown = {
  name: "sidekiq",
  title: "Sidekiq",
  promise: "lost: it left Redis when it was taken (Pro has a way that keeps it)",
  share: 1,
  whyAbsent: () => debian("ruby", ["-e", 'require "sidekiq"; puts "here"'], "ruby-sidekiq"),
  enqueue: (scene) =>
    Promise.resolve({ command: "ruby", args: [file("sidekiq_jobs.rb")], env: settings(scene) }),
  work: (scene, records) =>
    worker(scene, {
      command: "sidekiq",
      args: ["-r", file("sidekiq_jobs.rb")],
      env: settings(scene, records),
    }),
};

const rq: BurnDown = {
  name: "rq",
  title: "RQ (a process each job)",
  promise: "failed, once its worker's heartbeat is missed; run again by hand",
  share: 0.04,
  whyAbsent: () => debian(PYTHON, ["-c", 'import rq; print("here")'], "python3-rq"),
  enqueue: (scene) =>
    Promise.resolve({ command: PYTHON, args: [file("rq_enqueue.py")], env: settings(scene) }),
  work: (scene, records) => {
    const args = [
      "-c",
      "from rq.cli import main; main()",
      "worker",
      "--quiet",
      "--url",
      scene.redis.url,
      "events",
    ];
    return worker(scene, { command: PYTHON, args, env: { ...settings(scene, records), PYTHONPATH: folder } });
  },
};

const celery: BurnDown = {
  name: "celery",
  title: "Celery (Redis as broker)",
  promise: "lost: acknowledged when it was taken (acks_late keeps it, for an hour's wait)",
  share: 0.2,
  whyAbsent: () => debian(PYTHON, ["-c", 'import celery, redis; print("here")'], "python3-celery"),
  enqueue: (scene) =>
    Promise.resolve({ command: PYTHON, args: [file("celery_jobs.py")], env: settings(scene) }),
  work: (scene, records) => {
    const args = ["-m", "celery", "-A", "celery_jobs", "worker", "--loglevel", "WARNING"];
    return worker(scene, { command: PYTHON, args, env: { ...settings(scene, records), PYTHONPATH: folder } });
  },
};

export const burnDowns: readonly BurnDown[] = [misskeep, bullmq, beeQueue, sidekiq, rq, celery];

function debian(command: string, args: readonly string[], name: string): Promise<string | undefined> {
  const isHere = said(command, args) === "here";
  return Promise.resolve(
    isHere ? undefined : `not here; on Debian: apt install ${name}, or --install as root`,
  );
}
