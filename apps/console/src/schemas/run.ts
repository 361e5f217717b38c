import type { Run, RunItems, RunPage, RunPlan, RunRequest, RunScope } from "@misskeep/operations";
import { z } from "zod";
import { list, time, word } from "./common.ts";
import { deadFilter } from "./dead.ts";
import { describes } from "./describes.ts";

const at = z.number().int().min(0);
const guard = z.object({ first: z.number().int().min(1), maxFailed: z.number().min(0).max(100) });

export const runScope = describes<RunScope>()(
  z
    .union([
      z.strictObject({
        kind: z.enum(["replay", "discard"]),
        filter: z.strictObject({ ...deadFilter.shape, processor: word }),
      }),
      z.strictObject({ kind: z.literal("recover"), processor: word, discardRun: word.optional() }),
      z.strictObject({
        kind: z.literal("backfill"),
        processor: word,
        types: list(word).optional(),
        hook: word.optional(),
        from: at,
        to: at,
      }),
    ])
    .meta({ id: "RunScope" }),
);

export const runRequest = describes<RunRequest>()(
  z.strictObject({
    scope: runScope,
    name: z.string().trim().max(100).describe("Empty: one is made up"),
    until: at,
    total: z.number().int().min(0),
    ratePerSecond: z.number().min(0.01).max(100_000).nullable(),
    guard: guard.nullable(),
  }),
);

export const runPlan = describes<RunPlan>()(
  z.object({
    scope: runScope,
    processor: z.string(),
    total: z.number(),
    complete: z.boolean(),
    byType: list(z.object({ type: z.string().nullable(), count: z.number() })),
    oldestReceivedAt: time.nullable(),
    newestReceivedAt: time.nullable(),
    alreadyThere: z.number().nullable(),
    handledElsewhere: z.object({ sampled: z.number(), handled: z.number() }).nullable(),
    until: time,
    target: z.object({ workers: z.number(), paused: z.boolean(), waiting: z.number() }),
    activeRun: z.string().nullable(),
  }),
);

export const runItemState = z.enum([
  "running",
  "failing",
  "handled",
  "ignored",
  "dead",
  "discarded",
  "recovered",
  "skipped",
]);

export const run = describes<Run>()(
  z
    .object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(["replay", "discard", "recover", "backfill"]),
      processor: z.string(),
      scope: runScope,
      by: z.string(),
      why: z.string(),
      state: z.enum(["running", "trying", "paused", "stopped", "cancelled", "done"]),
      stateWhy: z.string().nullable(),
      createdAt: time,
      endedAt: time.nullable(),
      ratePerSecond: z.number().nullable(),
      guard: guard.nullable(),
      total: z.number(),
      done: z.number(),
      items: z.record(runItemState, z.number()),
    })
    .meta({ id: "Run" }),
);

export const runPage = describes<RunPage>()(z.object({ runs: list(run), next: z.string().nullable() }));

export const runItems = describes<RunItems>()(
  z.object({
    items: list(z.object({ id: z.string(), state: runItemState, at: time, message: z.string().nullable() })),
    next: z.string().nullable(),
  }),
);
