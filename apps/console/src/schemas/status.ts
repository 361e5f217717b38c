import type { AuditPage, Diagnosis, Overview, Series } from "@misskeep/operations";
import { z } from "zod";
import { list, time } from "./common.ts";
import { describes } from "./describes.ts";
import { eventSummary } from "./event.ts";
import { processorStatus } from "./processor.ts";

const durability = z.enum(["disk", "second", "none", "unknown"]);

export const overview = describes<Overview>()(
  z.object({
    at: time,
    refusals: z.object({
      total: z.number(),
      byReason: z.record(z.string(), z.number()).readonly(),
      groups: list(
        z.object({
          reason: z.enum(["wrong-secret", "no-secret", "too-large"]),
          host: z.string().nullable(),
          count: z.number(),
          first: time,
          last: time,
        }),
      ),
    }),
    lastEvent: eventSummary.nullable(),
    redis: z.object({
      level: durability,
      findings: list(z.string()),
      version: z.string(),
      usedMemory: z.number(),
      maxMemory: z.number(),
    }),
    workers: z.object({ live: z.number(), silent: z.number() }),
    inbox: z.object({
      waiting: z.number(),
      oldestWaitingAt: time.nullable(),
      entries: z.number(),
      bytes: z.number(),
      oldestReceivedAt: time.nullable(),
      accepted: z.number(),
      duplicates: z.number(),
      unsubscribed: z.number(),
    }),
    spools: list(
      z.object({
        id: z.string(),
        at: time,
        host: z.string(),
        files: z.number(),
        bytes: z.number(),
        maxBytes: z.number(),
        oldestReceivedAt: time.nullable(),
        aside: z.number(),
        refusal: z.string().nullable(),
      }),
    ),
    processors: list(processorStatus),
    rates: z.object({ accepted: z.number(), duplicates: z.number(), refused: z.number() }).nullable(),
    latency: z.object({ p50: z.number(), p95: z.number(), p99: z.number(), count: z.number() }).nullable(),
    memory: z.object({
      used: z.number(),
      max: z.number(),
      owners: list(
        z.object({
          what: z.enum(["inbox", "waiting", "ended", "dead", "discarded", "keys", "series", "rest"]),
          bytes: z.number(),
        }),
      ),
    }),
    dead: z.object({ total: z.number(), lastHour: z.number(), hourBefore: z.number() }),
    runs: z.number(),
  }),
);

export const diagnosis = describes<Diagnosis>()(
  z.object({
    healthy: z.boolean(),
    durability,
    findings: list(
      z.object({
        check: z.enum([
          "version",
          "durability",
          "failover",
          "disk",
          "memory",
          "spool",
          "window",
          "clock",
          "workers",
          "dispatch",
          "queues",
          "settings",
        ]),
        level: z.enum(["ok", "warn", "fail"]),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    ),
  }),
);

const figure = z.number().nullable();
export const series = describes<Series>()(
  z.object({
    span: z.enum(["hour", "day"]),
    stepMs: z.number(),
    points: list(
      z.object({
        at: time,
        accepted: figure,
        duplicates: figure,
        refused: figure,
        handled: figure,
        failed: figure,
        died: figure,
        p50: figure,
        p95: figure,
        p99: figure,
        waiting: figure,
        dead: figure,
        memory: figure,
      }),
    ),
  }),
);

export const auditPage = describes<AuditPage>()(
  z.object({
    entries: list(
      z.object({
        id: z.string(),
        at: time,
        by: z.string(),
        why: z.string(),
        what: z.enum([
          "replay",
          "edit",
          "discard",
          "recover",
          "erase",
          "export",
          "resolve",
          "reopen",
          "mute",
          "unmute",
          "start-run",
          "pause-run",
          "resume-run",
          "cancel-run",
          "pause-processor",
          "resume-processor",
          "remove-processor",
          "rebuild-index",
          "sign-in",
        ]),
        target: z.string(),
        filter: z.unknown(),
        count: z.number().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
);
