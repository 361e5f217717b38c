/**
 * Processors for the measurements, for PROCESSORS_DIR: `BENCH_PROCESSORS` of them, of which the first
 * `BENCH_INTERESTED` want every event and the others want one that never comes. They do nothing, or wait
 * `BENCH_WAIT_MS`.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordTo } from "../recorder.mjs";

const {
  BENCH_PROCESSORS,
  BENCH_INTERESTED,
  BENCH_WAIT_MS = "0",
  BENCH_RECORDS,
  BENCH_CONCURRENCY,
} = process.env;

export default function processors({ defineProcessor, z, handled }) {
  const waitMs = Number(BENCH_WAIT_MS);
  return Array.from({ length: Number(BENCH_PROCESSORS) }, (_, index) => {
    const name = `bench-${index + 1}`;
    const record = recordTo(join(BENCH_RECORDS, `${name}-${process.pid}.txt`));
    return defineProcessor({
      name,
      on: index < Number(BENCH_INTERESTED) ? ["*"] : ["inactiveModeratorsWarning"],
      config: z.object({}),
      concurrency: Number(BENCH_CONCURRENCY),
      async handle(event) {
        if (waitMs > 0) await sleep(waitMs);
        record(event.eventId);
        return handled();
      },
    });
  });
}
