import { z } from "zod";

/** An array of an answer. */
export const list = <T extends z.ZodType>(item: T): z.ZodReadonly<z.ZodArray<T>> => z.array(item).readonly();

/** ms since 1970 */
export const time = z.number().describe("ms since 1970");

/** A refusal. `code` is stable, `message` for people. */
export const refusal = z
  .object({ code: z.string(), message: z.string() })
  .meta({ id: "Refusal", description: "`code` is stable; `message` is for people." });

/** The answers of a route: what it gives, and how every route refuses. */
export const answers = <T extends z.ZodType>(schema: T) => ({
  200: schema,
  "4xx": refusal,
  "5xx": refusal,
});

/** In a query everything is text. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** `raw=1`; absent: no */
export const flag = z
  .enum(["0", "1", "false", "true"])
  .optional()
  .transform((text) => text === "1" || text === "true");

/** Of a query or a path. NUL and line ends are in no name. */
export const word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

export const limit = (fallback: number, max = 200) =>
  whole(1, max)
    .optional()
    .transform((value) => value ?? fallback);
export const cursor = z.string().min(1).max(2_000).optional();

/** Why somebody does something. */
export const why = z.string().trim().max(500);
export const whyGiven = why.min(1, "say why");

/** Jobs that a person chose on a page. */
export const jobIds = z.array(word).min(1).max(500);
