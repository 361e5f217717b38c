/**
 * Looks at Redis for all clients at once, and only while there are any.
 *
 * | event | when | data |
 * |---|---|---|
 * | `overview` | every 2 s | as GET /api/overview |
 * | `runs` | every second while any is under way, and once when none is any more | those under way |
 * | `trouble` | once, when nothing can be read | `{ code, message }`; the next `overview` ends it |
 */
import { setTimeout as delay } from "node:timers/promises";
import { redisAway } from "../redis-away.ts";
import type { Clients } from "./clients.ts";

export interface PollerOptions {
  readonly clients: Clients;
  readonly readOverview: () => Promise<{ readonly runs: number }>;
  /** @param expected how many the last overview counted */
  readonly readRuns: (expected: number) => Promise<readonly unknown[]>;
  /** What to tell of an error; logs what nobody foresaw. */
  readonly explain: (error: unknown) => { readonly code: string; readonly message: string };
  /** @default 1_000 */
  readonly tickMs?: number | undefined;
}

export interface Poller {
  /** To be called after a client was added. @param send to that client */
  wake(send: (event: string, data: string) => void): void;
  stop(): Promise<void>;
}

const TICK_MS = 1_000;
/** In ticks. */
const OVERVIEW_EVERY = 2;
const BEAT_EVERY = 15;
const TIMEOUT_MS = 10_000;

export function createPoller(options: PollerOptions): Poller {
  const { clients, readOverview, readRuns, explain, tickMs = TICK_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let loop: Promise<void> | undefined;
  let latest: { readonly event: string; readonly data: string } | undefined;
  let trouble: string | undefined;
  let runs = 0;
  let shownRuns = 0;

  const tell = (event: string, data: unknown): void => {
    latest = { event, data: JSON.stringify(data) };
    clients.send(latest.event, latest.data);
  };
  const look = async (tick: number): Promise<void> => {
    if (tick % OVERVIEW_EVERY === 0 || trouble !== undefined) {
      const overview = await readOverview();
      ({ runs } = overview);
      trouble = undefined;
      tell("overview", overview);
    }
    if (runs === 0 && shownRuns === 0) return;
    const underWay = await readRuns(runs);
    runs = underWay.length;
    shownRuns = underWay.length;
    clients.send("runs", JSON.stringify(underWay));
  };
  const run = async (): Promise<void> => {
    for (let tick = 0; clients.size > 0 && !signal.aborted; tick += 1) {
      try {
        await inTime(look(tick));
      } catch (error) {
        if (signal.aborted) break;
        const told = explain(error);
        if (told.code !== trouble) tell("trouble", told);
        trouble = told.code;
      }
      if (tick % BEAT_EVERY === BEAT_EVERY - 1) await clients.beat();
      await delay(tickMs, undefined, { signal }).catch(() => undefined);
    }
    latest = undefined;
    trouble = undefined;
    loop = undefined;
  };
  return {
    wake(send) {
      if (signal.aborted) return;
      if (latest) send(latest.event, latest.data);
      loop ??= run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

/** What hangs must not keep the clients from hearing of it. */
async function inTime(work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const tooLong = delay(TIMEOUT_MS, undefined, { signal: timer.signal }).then(
    () => {
      throw redisAway();
    },
    () => undefined,
  );
  try {
    await Promise.race([work, tooLong]);
  } finally {
    timer.abort();
  }
}
