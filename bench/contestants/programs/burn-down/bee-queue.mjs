/** Enqueues, or works with `BENCH_RECORDS`. Not a dependency of the repository: it lies in `BEE_QUEUE`. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { recordTo } from "../recorder.mjs";
import { enqueueAll } from "./body.mjs";

const { REDIS_URL, BEE_QUEUE, BENCH_RECORDS, BENCH_CONCURRENCY } = process.env;
const Queue = createRequire(join(BEE_QUEUE, "package.json"))("bee-queue");
const isWorker = BENCH_RECORDS !== undefined;
const queue = new Queue("events", { redis: REDIS_URL, isWorker, getEvents: false, sendEvents: false });
await queue.ready();

if (isWorker) {
  const record = recordTo(join(BENCH_RECORDS, `worker-${process.pid}.txt`));
  queue.process(Number(BENCH_CONCURRENCY), async (job) => record(job.data.eventId));
} else {
  await enqueueAll((eventId, body) => queue.createJob({ eventId, body }).setId(eventId).save());
  await queue.close();
}
