/**
 * Decides what people are told, from the causes found now and what they were told before. Pure. Promises:
 *
 * - of one cause at most one message an hour that it is there, and one that it is solved after each such message;
 * - never a message that something is solved of which nobody was told;
 * - nothing is forgotten: what finds no room now, or cannot be sent, is decided again at the next look;
 * - no more messages than there is room for; the last of them then stands for all the rest.
 *
 * ```
 *          found for holdMs              gone for lingerMs, told
 *   new ───────────────────▶ told ─────────────────────────────▶ solved ──an hour after it was told──▶ forgotten
 *    └── gone: forgotten       ↺ each hour (with news)             └── found again: new, but silent until that hour
 * ```
 */
import type { Cause } from "./cause.ts";
import type { Text } from "./text/text.ts";

export const HOUR_MS = 3_600_000;

/** What is stored of a cause. Times are ms since 1970. */
export interface CauseState {
  readonly title: Text;
  readonly level: Cause["level"];
  /** Found at every look since then, but for gaps shorter than `lingerMs`. */
  readonly since: number;
  readonly goneAt: number | null;
  readonly lingerMs: number;
  /** When people were last told that it is there. */
  readonly toldAt: number | null;
  /** They were told, and not yet that it is solved. */
  readonly isTold: boolean;
  readonly news: number | null;
}

/** By cause id; null: forget it. */
export type Changes = ReadonlyMap<string, CauseState | null>;

export interface Message {
  /** Of what it tells: a message has one cause, the last one may have many. */
  readonly causes: readonly Told[];
  /** To be stored once it is sent. */
  readonly changes: Changes;
}

export type Told =
  | { readonly kind: "found"; readonly cause: Cause; readonly isReminder: boolean }
  | { readonly kind: "solved"; readonly id: string; readonly title: Text; readonly lastedMs: number };

export interface Decision {
  /** To be stored at once. */
  readonly changes: Changes;
  readonly messages: readonly Message[];
  /** A cause of level `down` lasts, whether or not people were told. */
  readonly isDown: boolean;
}

/**
 * @param now ms since 1970, by Redis' clock, which all workers share
 * @param room how many messages may be sent now
 */
export function decide(
  causes: readonly Cause[],
  stored: ReadonlyMap<string, CauseState>,
  now: number,
  room: number,
): Decision {
  const changes = new Map<string, CauseState | null>();
  const due: { told: Told; id: string; after: CauseState }[] = [];
  let isDown = false;
  const byId = new Map(causes.filter(({ silent }) => silent !== true).map((cause) => [cause.id, cause]));

  for (const [id, cause] of byId) {
    const before = stored.get(id);
    const state = findAgain(cause, before, now);
    if (!isSame(state, before)) changes.set(id, state);
    const isHeld = now - state.since >= (cause.holdMs ?? 0);
    if (isHeld && cause.level === "down") isDown = true;
    const isSoon = state.toldAt !== null && now - state.toldAt < HOUR_MS;
    const isOld = state.isTold && cause.news !== undefined && cause.news <= (state.news ?? -Infinity);
    if (isHeld && !isSoon && !isOld)
      due.push({
        told: { kind: "found", cause, isReminder: state.isTold },
        id,
        after: { ...state, toldAt: now, isTold: true, news: cause.news ?? null },
      });
  }

  const silent = new Set(causes.filter((cause) => cause.silent === true).map(({ id }) => id));
  for (const [id, before] of stored) {
    if (byId.has(id)) continue;
    const goneAt = before.goneAt ?? now;
    // Whoever silenced it knows of it.
    const state = { ...before, goneAt, isTold: before.isTold && !silent.has(id) };
    const isOver = now - goneAt >= state.lingerMs;
    if (state.isTold && !isOver && state.level === "down") isDown = true;
    if (state.isTold && isOver) {
      const told: Told = { kind: "solved", id, title: state.title, lastedMs: goneAt - state.since };
      due.push({ told, id, after: { ...state, isTold: false } });
    }
    const isForgotten = !state.isTold && (state.toldAt === null || now - state.toldAt >= HOUR_MS);
    if (isForgotten) changes.set(id, null);
    else if (!isSame(state, before)) changes.set(id, state);
  }
  return { changes, messages: toMessages(due, room), isDown };
}

function findAgain(cause: Cause, before: CauseState | undefined, now: number): CauseState {
  const { title, level, lingerMs = 0 } = cause;
  // Not told of, or told that it is solved, and gone meanwhile: it begins anew.
  const isNew = before === undefined || (before.goneAt !== null && !before.isTold);
  return {
    title: isNew ? title : before.title,
    level,
    since: isNew ? now : before.since,
    goneAt: null,
    lingerMs,
    toldAt: before?.toldAt ?? null,
    isTold: before?.isTold ?? false,
    news: before?.news ?? null,
  };
}

function isSame(a: CauseState, b: CauseState | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function rank({ told }: { readonly told: Told }): number {
  if (told.kind === "solved") return 2;
  return told.cause.level === "down" ? 0 : 1;
}

/** One each while there is room; the last one takes all the rest. */
function toMessages(
  due: readonly { readonly told: Told; readonly id: string; readonly after: CauseState }[],
  room: number,
): readonly Message[] {
  if (room <= 0 || due.length === 0) return [];
  const sorted = due.toSorted((a, b) => rank(a) - rank(b));
  const alone = sorted.length <= room ? sorted.length : room - 1;
  const groups = [...sorted.slice(0, alone).map((each) => [each]), sorted.slice(alone)];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({
      causes: group.map(({ told }) => told),
      changes: new Map(group.map(({ id, after }) => [id, after])),
    }));
}
