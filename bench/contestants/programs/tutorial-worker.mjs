/** The other half of the tutorial: one worker that does nothing, or waits `BENCH_WAIT_MS`. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { recordTo } from "./recorder.mjs";

const { REDIS_URL, BENCH_RECORDS, BENCH_CONCURRENCY, BENCH_WAIT_MS = "0" } = process.env;
const record = recordTo(join(BENCH_RECORDS, `worker-${process.pid}.txt`));
const waitMs = Number(BENCH_WAIT_MS);

const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const worker = new Worker(
  "events",
  async (job) => {
    if (waitMs > 0) await sleep(waitMs);
    record(job.data.eventId);
  },
  { connection, concurrency: Number(BENCH_CONCURRENCY) },
);
worker.on("error", (error) => process.stderr.write(`${error.stack}\n`));
process.once("SIGTERM", () => void worker.close().then(() => process.exit()));
