import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { RefusalReason } from "@misskeep/inbox";
import type { UnavailableCode } from "./answers.ts";
import type { Keeping } from "./keeping.ts";
import type { Spool } from "./spool/spool.ts";

export interface Metrics {
  /** @param status of an event that is kept */
  kept(status: "accepted" | "duplicate", hook: string, bytes: number): void;
  /** An event went to the spool. @param reason why not to Redis */
  spooled(reason: UnavailableCode): void;
  refused(reason: RefusalReason): void;
  /** An authentic delivery was answered 503. */
  unavailable(reason: UnavailableCode): void;
  /** A request ended without an answer: unreadable, too slow, cut off. */
  broken(): void;
  /** @param ms from the headers' arrival to the answer */
  answered(status: number, ms: number): void;
}

export function createMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const accepted = new Counter({
    name: "misskeep_accepted_total",
    help: "Events kept for the first time",
    labelNames: ["hook"],
    registers,
  });
  const duplicates = new Counter({
    name: "misskeep_duplicates_total",
    help: "Deliveries of events that were kept already",
    labelNames: ["hook"],
    registers,
  });
  const spooled = new Counter({
    name: "misskeep_spooled_total",
    help: "Events kept on disk, as Redis could not take them",
    labelNames: ["reason"],
    registers,
  });
  const refused = new Counter({
    name: "misskeep_refused_total",
    help: "Requests answered 401 or 413; Misskey does not send them again",
    labelNames: ["reason"],
    registers,
  });
  const unavailable = new Counter({
    name: "misskeep_unavailable_total",
    help: "Authentic deliveries answered 503; Misskey sends them again",
    labelNames: ["reason"],
    registers,
  });
  const broken = new Counter({
    name: "misskeep_broken_requests_total",
    help: "Requests that ended without an answer: unreadable, too slow or cut off",
    registers,
  });
  const answerSeconds = new Histogram({
    name: "misskeep_answer_seconds",
    help: "From the arrival of a request's headers to its answer",
    labelNames: ["status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const bodyBytes = new Histogram({
    name: "misskeep_body_bytes",
    help: "Sizes of the bodies kept",
    buckets: [1, 4, 16, 64, 256, 1024, 4096].map((kib) => kib * 1024),
    registers,
  });
  return {
    kept(status, hook, bytes) {
      (status === "accepted" ? accepted : duplicates).inc({ hook });
      bodyBytes.observe(bytes);
    },
    spooled: (reason) => spooled.inc({ reason }),
    refused: (reason) => refused.inc({ reason }),
    unavailable: (reason) => unavailable.inc({ reason }),
    broken: () => broken.inc(),
    answered: (status, ms) => answerSeconds.observe({ status: String(status) }, ms / 1_000),
  };
}

/** Gauges of what Redis promises and the spool holds, read when they are asked for. */
export function showKeeping(
  registry: Registry,
  keeping: Pick<Keeping, "details">,
  spool: Pick<Spool, "state">,
): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const shown: Gauge = new Gauge({ name, help, registers: [registry], collect: () => shown.set(read()) });
  };
  const isAway = (): boolean => keeping.details().reason !== undefined;
  gauge("misskeep_can_keep", "1 while events can be kept, in Redis or in the spool", () =>
    isAway() && spool.state().refusal !== undefined ? 0 : 1,
  );
  gauge("misskeep_redis_takes_events", "1 while events go to Redis, 0 while they go to the spool", () =>
    isAway() ? 0 : 1,
  );
  gauge("misskeep_spool_usable", "1 while the spool has room and can be written", () =>
    spool.state().refusal === undefined ? 1 : 0,
  );
  gauge(
    "misskeep_spool_files",
    "Events in the spool that Redis does not have yet",
    () => spool.state().files,
  );
  gauge("misskeep_spool_bytes", "All that lies in the spool's folder", () => spool.state().bytes);
  gauge("misskeep_spool_oldest_seconds", "Age of the oldest event in the spool", () => {
    const { oldestAt } = spool.state();
    return oldestAt === undefined ? 0 : Math.max(Date.now() - oldestAt, 0) / 1_000;
  });
  gauge("misskeep_spool_aside_files", "Files of the spool that were set aside", () => spool.state().aside);
  const durability: Gauge = new Gauge({
    name: "misskeep_durability",
    help: "1 for the durability level that really holds",
    labelNames: ["level"],
    registers: [registry],
    collect: () => {
      for (const level of ["disk", "second", "none", "unknown"] as const)
        durability.set({ level }, keeping.details().durability === level ? 1 : 0);
    },
  });
}
