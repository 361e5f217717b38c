import type {
  OffReason,
  PausedProcessor,
  ProcessorStatus,
  RemovedProcessor,
  ResumedProcessor,
  WorkerRecord,
} from "@misskeep/operations";
import { z } from "zod";
import { describes } from "./describes.ts";
import { list, time } from "./common.ts";

const pause = z.object({ by: z.string(), why: z.string(), at: time });

const processorSetting = z.object({
  name: z.string(),
  isSet: z.boolean(),
  value: z.string().nullable().describe("Masked where it is secret."),
  secret: z.boolean(),
});

const processorRules = z
  .object({
    attempts: z.number(),
    backoffMs: list(z.number()),
    maxAgeMs: z.number(),
    timeoutMs: z.number(),
    concurrency: z.number(),
    rateLimit: z.object({ max: z.number(), perMs: z.number() }).nullable(),
    settings: list(processorSetting),
  })
  .meta({ id: "ProcessorRules" });

const offProcessor = z.object({
  name: z.string(),
  why: z.string(),
  partly: z.boolean(),
  settings: list(processorSetting),
});

export const processorStatus = describes<ProcessorStatus>()(
  z
    .object({
      name: z.string(),
      subscriptions: list(z.object({ on: list(z.string()), hooks: list(z.string()).exactOptional() })),
      since: time.nullable(),
      workers: z.number(),
      seenAt: time.nullable(),
      waiting: z.number(),
      oldestWaitingAt: time.nullable(),
      active: z.number(),
      delayed: z.number(),
      dead: z.number(),
      paused: pause.nullable(),
      removed: z.boolean(),
      perMinute: z.number().nullable(),
      failedPerMinute: z.number().nullable(),
      p95Ms: z.number().nullable(),
      rules: processorRules.nullable(),
    })
    .meta({ id: "Processor" }),
);

export const pausedProcessor = describes<PausedProcessor>()(
  z.object({ processor: z.string(), pause, already: z.boolean() }),
);
export const resumedProcessor = describes<ResumedProcessor>()(
  z.object({ processor: z.string(), was: pause.nullable(), waiting: z.number() }),
);
export const removedProcessor = describes<RemovedProcessor>()(
  z.object({ processor: z.string(), workers: z.number() }),
);

export const workerRecord = describes<WorkerRecord>()(
  z
    .object({
      id: z.string(),
      startedAt: time,
      seenAt: time,
      stoppedAt: time.nullable(),
      clockAheadMs: z.number().nullable(),
      about: z.object({
        host: z.string(),
        pid: z.number(),
        version: z.string(),
        running: list(z.object({ processor: z.string(), jobId: z.string(), since: time })),
        off: list(offProcessor),
        rules: z.record(z.string(), processorRules).readonly(),
        rssBytes: z.number().nullable(),
      }),
      processors: list(z.string()),
      live: z.boolean(),
    })
    .meta({ id: "Worker" }),
);

export const offReason = describes<OffReason>()(
  z.object({ name: z.string(), why: z.string(), partly: z.boolean(), workers: z.number() }),
);
