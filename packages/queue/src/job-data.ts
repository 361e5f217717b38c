import { isUtf8 } from "node:buffer";

/**
 * What a job carries, and the two forms in which it lies in Redis. The body's exact bytes come out of either.
 *
 * | the body | stored |
 * |---|---|
 * | JSON in UTF-8, as a dispatcher found by parsing it | `{"hook":…,"receivedAt":…,"json":<the body itself, byte for byte>}` |
 * | any other text, or one that nobody parsed; jobs of versions before this one | `{…,"body":"<the text, escaped>"}` |
 * | no UTF-8 | `{…,"base64":"…"}` |
 *
 * In the first form a body is neither escaped nor written twice, and is parsed once with the rest. Its text is cut out
 * of the job's: what `JSON.parse` makes of it would not always give the same bytes (`1.0`, `{"a":1,"a":2}`, spaces).
 */

/** What a job carries: the body and what is known of its delivery. Written once; only `eraseJob` changes it. */
export interface EventJobData {
  readonly hook: string;
  readonly receivedAt: number;
  readonly hookId?: string;
  readonly host?: string;
  /** The raw body where it is valid UTF-8. */
  readonly body?: string;
  /** The body parsed, where the job holds it as JSON. */
  readonly json?: unknown;
  /** The raw body as base64 where it is no UTF-8. */
  readonly base64?: string;
  /** In the quarantine queue: why the event could not be dispatched. */
  readonly reason?: string;
  /** When the body was erased, ms since 1970. There is none then. */
  readonly erased?: number;
  /** Of a dead letter that was run with another body: the letter's job id. */
  readonly editOf?: string;
  readonly editedBy?: string;
  /** ms since 1970 */
  readonly editedAt?: number;
}

/** What a job knows of an event, without its body. */
export type JobFacts = Omit<EventJobData, "body" | "json" | "base64">;

/**
 * No string of the facts holds it: a quotation mark within a string has a backslash before it. So the first one is
 * where the body begins.
 */
const JSON_BEGINS = ',"json":';

/** @param body JSON, as the caller found by parsing it: it is not looked at here */
export function writeJsonJob(facts: JobFacts, body: string): string {
  return `${JSON.stringify(facts).slice(0, -1)}${JSON_BEGINS}${body}}`;
}

/** @param body anything; nobody parses it */
export function writeUnparsedJob(facts: JobFacts, body: Buffer): string {
  const text = isUtf8(body) ? { body: body.toString("utf8") } : { base64: body.toString("base64") };
  return JSON.stringify({ ...facts, ...text });
}

/** @param body anything; it is parsed to see whether it is JSON */
export function writeJob(facts: JobFacts, body: Buffer): string {
  const text = isUtf8(body) ? body.toString("utf8") : undefined;
  return text === undefined || parseJson(text) === undefined
    ? writeUnparsedJob(facts, body)
    : writeJsonJob(facts, text);
}

/** @param stored a job's `data`, in any of the forms */
export function readJobData(stored: string): EventJobData {
  return withBody(JSON.parse(stored) as EventJobData, stored);
}

/**
 * @param data what lies in a job, parsed
 * @param stored the same as text
 */
export function withBody(data: EventJobData, stored: string): EventJobData {
  if (data.json === undefined) return data;
  return { ...data, body: stored.slice(stored.indexOf(JSON_BEGINS) + JSON_BEGINS.length, -1) };
}

export function withoutBody({ body: _, json: __, base64: ___, ...facts }: EventJobData): JobFacts {
  return facts;
}

/** @returns undefined where the text is no JSON, or is nested deeper than the parser's stack */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
