import { personDigest, textDigest } from "@misskeep/queue";
import { keys, loadScript } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import type { AuditAction, AuditEntry } from "./audit-entry.ts";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";

const script = loadScript(new URL("../lua/append-audit.lua", import.meta.url));

/** Redis drops the oldest of them in whole blocks, so that there are some more. */
const KEPT = 10_000;
const LONGEST = { by: 64, why: 1_000, target: 256, filter: 4_000 } as const;

/** What is written down. */
export interface AuditFact {
  readonly what: AuditAction;
  /** A processor, job, run, group or event. */
  readonly target: string;
  /** Plain JSON. The searched-for text and person within it are not kept as they are. */
  readonly filter?: unknown;
  /** How many it is about, where that is known before. */
  readonly count?: number | undefined;
}

/**
 * Writes down who does what and why. Called before the effect: nothing is done that is not written down, while
 * what is written down may have failed.
 *
 * Nothing private goes in. A filter's `text` is kept as its length and its `person` as `personDigest`, since the
 * audit outlives what is erased.
 */
export async function recordAudit(
  { redis }: Pick<Context, "redis">,
  { by, why }: Actor,
  { what, target, filter, count }: AuditFact,
): Promise<void> {
  const fields: Record<string, string> = {
    by: by.slice(0, LONGEST.by),
    why: why.slice(0, LONGEST.why),
    what,
    target: target.slice(0, LONGEST.target),
    ...(filter === undefined || filter === null ? {} : { filter: filterText(filter) }),
    ...(count === undefined ? {} : { count: String(count) }),
  };
  await script.run(redis, [keys.audit], [KEPT, ...Object.entries(fields).flat()]);
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

/**
 * A page of what people did, newest first. The last 10,000 or so are kept.
 *
 * @throws OperationError `INVALID_CURSOR`
 */
export async function listAudit(
  { redis }: Pick<Context, "redis">,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<AuditPage> {
  if (cursor !== undefined && !/^\d{1,15}-\d{1,15}$/.test(cursor))
    throw new OperationError("INVALID_CURSOR", "The cursor is not one that a page of the audit gave.");
  const end = cursor === undefined ? "+" : `(${cursor}`;
  const read = (await redis.xrevrange(keys.audit, end, "-", "COUNT", limit + 1)) as [string, string[]][];
  const entries = read.slice(0, limit).map(toAuditEntry);
  return { entries, next: read.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

function toAuditEntry([id, flat]: [string, string[]]): AuditEntry {
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(flat[i] ?? "", flat[i + 1] ?? "");
  const filter = fields.get("filter");
  const count = fields.get("count");
  return {
    id,
    at: Number(id.split("-")[0]),
    by: fields.get("by") ?? "",
    why: fields.get("why") ?? "",
    what: fields.get("what") as AuditAction,
    target: fields.get("target") ?? "",
    filter: filter === undefined ? null : JSON.parse(filter),
    count: count === undefined ? null : Number(count),
  };
}

/** JSON that always parses again, however long the filter was. */
function filterText(filter: unknown): string {
  const text = JSON.stringify(filter, (key, value: unknown) => {
    if (typeof value !== "string") return value;
    if (key === "text") return textDigest(value);
    return key === "person" ? personDigest(value) : value;
  });
  return text.length > LONGEST.filter ? JSON.stringify({ tooLong: text.length }) : text;
}
