/**
 * Building blocks for lists and tables whose contents come from users.
 *
 * They promise that an issue's path holds only names from our schemas and array indexes, never a key of the
 * payload (a table of reactions has emoji names as its keys), and that a huge wrong list makes one issue, not
 * one per element.
 */
import { z } from "zod";

/** No list of objects that Misskey sends comes near this (files: 16, poll choices: 10). */
const LONGEST_LIST = 1000;

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A list of strings, judged as a whole.
 *
 * @returns a schema that gives `string[]`
 */
export function strings(): z.ZodType<string[]> {
  return z.custom<string[]>(
    (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
    {
      params: { expected: "array of strings" },
    },
  );
}

/**
 * A list of objects; an element that does not fit is an issue of its own.
 *
 * @param element the schema of one element
 * @returns a schema that gives an array of them
 */
export function listOf<T extends z.ZodType>(element: T) {
  return z
    .custom<unknown[]>((value) => Array.isArray(value) && value.length <= LONGEST_LIST, {
      params: { expected: `array of at most ${LONGEST_LIST}` },
    })
    .pipe(z.array(element));
}

/**
 * A table from names to strings (emoji name to URL), judged as a whole.
 *
 * @returns a schema that gives `Record<string, string>`
 */
export function stringTable(): z.ZodType<Record<string, string>> {
  return z.custom<Record<string, string>>(
    (value) => isTable(value) && Object.values(value).every((item) => typeof item === "string"),
    { params: { expected: "object of strings" } },
  );
}

/**
 * A table from names to numbers (reaction to count), judged as a whole.
 *
 * @returns a schema that gives `Record<string, number>`
 */
export function numberTable(): z.ZodType<Record<string, number>> {
  return z.custom<Record<string, number>>(
    (value) => isTable(value) && Object.values(value).every((item) => typeof item === "number"),
    { params: { expected: "object of numbers" } },
  );
}
