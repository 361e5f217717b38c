import type { EventOf, MisskeyEvent } from "@misskeep/schema";
import * as z from "zod";
import type { Backoff } from "./backoff.ts";
import type { HandlerContext } from "./context.ts";
import { type Duration, toMs } from "./duration.ts";
import type { Outcome } from "./outcome.ts";
import { DEFAULT_RETRY, type RetryRules } from "./retry-rules.ts";
import type { Subscription } from "./subscription.ts";

/** What an author writes. See docs/processors.md. */
export interface ProcessorDefinition<Type extends string, Config extends z.ZodObject> {
  /** `[a-z][a-z0-9-]{0,31}`: names its queue, so it cannot change later without losing its place. */
  readonly name: string;
  /** Event types, or `"*"`. Narrows the type of `event`. */
  readonly on: readonly Type[] | "*";
  /** Only events of these hooks. @default every hook */
  readonly hooks?: readonly string[] | undefined;
  /** Its settings, by the names of environment variables. A required one that is absent: the processor is off. */
  readonly config?: Config | undefined;
  /**
   * What the event means to this processor. Of several events that mean the same, the first one is handled and
   * the others are ignored: a reply comes as `mention` and as `reply`. undefined: like no other.
   */
  readonly once?: ((event: EventOf<Type>) => string | undefined) | undefined;
  readonly retry?:
    | {
        /** Runs in all. @default 20 */
        readonly attempts?: number | undefined;
        /** @default 5 s, doubling up to 1 h: about 10 h in all */
        readonly backoff?: Backoff | undefined;
        /** How long `RetryLater` may put a job off. @default "24h" */
        readonly maxAge?: Duration | undefined;
      }
    | undefined;
  /** @default "30s" */
  readonly timeout?: Duration | undefined;
  /** Runs at the same time, in each replica. @default 4 */
  readonly concurrency?: number | undefined;
  /** Over all replicas. @default none */
  readonly rateLimit?: { readonly max: number; readonly per: Duration } | undefined;
  /** Does the work. Returns `handled()` or `ignored(reason)`; throws to say that it failed. */
  handle(event: EventOf<Type>, context: HandlerContext<z.infer<Config>>): Promise<Outcome> | Outcome;
}

/** A definition with its defaults filled in and its types erased: what the worker runs. */
export interface Processor {
  readonly name: string;
  readonly subscription: Subscription;
  readonly config: z.ZodObject;
  readonly retry: RetryRules;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly rateLimit: { readonly max: number; readonly perMs: number } | undefined;
  once(event: MisskeyEvent): string | undefined;
  handle(event: MisskeyEvent, context: HandlerContext<unknown>): Promise<Outcome> | Outcome;
}

/** The built-in queue for what cannot be dispatched. */
export const QUARANTINE = "quarantine";

const duration = z.union([z.number(), z.string()]).transform((value, context) => {
  try {
    return toMs(value as Duration);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});
const run = z.custom<(...args: never[]) => unknown>((value) => typeof value === "function", "is no function");

// JavaScript files define processors too, so nothing here rests on the compiler.
const definitionSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, "is not of the form [a-z][a-z0-9-]{0,31}")
    .refine((name) => name !== QUARANTINE, "is taken by the built-in quarantine"),
  on: z.union([z.literal("*"), z.array(z.string().min(1)).min(1)]),
  hooks: z.array(z.string()).min(1).optional(),
  config: z.instanceof(z.ZodObject, { error: "is no z.object({ … })" }).optional(),
  once: run.optional(),
  retry: z
    .strictObject({
      attempts: z.int().min(1).optional(),
      backoff: run.optional(),
      maxAge: duration.optional(),
    })
    .optional(),
  timeout: duration.default(30_000),
  concurrency: z.int().min(1).default(4),
  rateLimit: z.strictObject({ max: z.int().min(1), per: duration }).optional(),
  handle: run,
});

/**
 * Makes a processor of its definition.
 *
 * @throws InvalidProcessorError with every mistake in the definition
 */
export function defineProcessor<const Type extends string, Config extends z.ZodObject = z.ZodObject>(
  definition: ProcessorDefinition<Type, Config>,
): Processor {
  const parsed = definitionSchema.safeParse(definition);
  if (!parsed.success) throw new InvalidProcessorError(definition, parsed.error);
  const { name, on, hooks, config, retry, timeout, concurrency, rateLimit } = parsed.data;
  // From here on events are those of `on`: the dispatcher sends no others.
  const once = definition.once as Processor["once"] | undefined;
  return Object.freeze<Processor>({
    name,
    subscription: { on: on === "*" ? ["*"] : on, ...(hooks ? { hooks } : {}) },
    config: config ?? z.object({}),
    retry: {
      attempts: retry?.attempts ?? DEFAULT_RETRY.attempts,
      backoff: (retry?.backoff as Backoff | undefined) ?? DEFAULT_RETRY.backoff,
      maxAgeMs: retry?.maxAge ?? DEFAULT_RETRY.maxAgeMs,
    },
    timeoutMs: timeout,
    concurrency,
    rateLimit: rateLimit && { max: rateLimit.max, perMs: rateLimit.per },
    once: (event) => once?.(event),
    handle: (definition.handle as Processor["handle"]).bind(definition),
  });
}

export class InvalidProcessorError extends Error {
  override readonly name = "InvalidProcessorError";
  readonly code = "INVALID_PROCESSOR";

  constructor(definition: unknown, cause: z.ZodError) {
    const name = (definition as { name?: unknown } | undefined)?.name;
    const mistakes = cause.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`);
    super(`Processor ${JSON.stringify(name ?? "without a name")} is not valid. ${mistakes.join("; ")}`, {
      cause,
    });
  }
}
