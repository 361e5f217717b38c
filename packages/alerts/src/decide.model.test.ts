/** What decide.ts promises, for any history: causes come, go and are silenced, room is short, messages fail. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cause } from "./cause.ts";
import { type CauseState, decide, HOUR_MS } from "./decide.ts";

const MINUTE = 60_000;
const HOLD = 3 * MINUTE;
const LINGER = 4 * MINUTE;
const IDS = ["plain", "held", "lingering", "newsy"] as const;

const extras: Readonly<Record<string, (at: number) => Partial<Cause>>> = {
  plain: () => ({}),
  held: () => ({ holdMs: HOLD }),
  lingering: () => ({ lingerMs: LINGER, level: "notice" }),
  newsy: (at) => ({ news: Math.floor(at / (2 * HOUR_MS)) }),
};

const step = fc.record({
  minutes: fc.integer({ min: 1, max: 40 }),
  found: fc.subarray([...IDS]),
  silent: fc.subarray([...IDS]),
  room: fc.integer({ min: 0, max: 3 }),
  /** From which message on sending fails. */
  failsAt: fc.integer({ min: 0, max: 4 }),
});

interface Sent {
  readonly at: number;
  readonly id: string;
  readonly kind: "found" | "solved";
}

/** Runs a history as the alerter does. */
function run(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]) {
  const stored = new Map<string, CauseState>();
  const sent: Sent[] = [];
  const looks: { at: number; found: ReadonlySet<string>; silent: ReadonlySet<string>; allSent: boolean }[] =
    [];
  let at = 1_000 * HOUR_MS;
  const store = (changes: ReadonlyMap<string, CauseState | null>): void => {
    for (const [id, state] of changes) {
      if (state === null) stored.delete(id);
      else stored.set(id, state);
    }
  };
  for (const { minutes, found, silent, room, failsAt } of steps) {
    at += minutes * MINUTE;
    const causes = found.map((id): Cause => ({
      id,
      level: "down",
      title: [id],
      what: [],
      help: { command: "", path: "/" },
      silent: silent.includes(id),
      ...extras[id]?.(at),
    }));
    const { changes, messages } = decide(causes, stored, at, room);
    expect(messages.length).toBeLessThanOrEqual(room);
    store(changes);
    // What is stored goes through JSON.
    for (const [id, state] of stored) stored.set(id, JSON.parse(JSON.stringify(state)) as CauseState);
    for (const message of messages.slice(0, failsAt)) {
      for (const told of message.causes)
        sent.push({ at, kind: told.kind, id: told.kind === "found" ? told.cause.id : told.id });
      store(message.changes);
    }
    const told = found.filter((id) => !silent.includes(id));
    looks.push({
      at,
      found: new Set(told),
      silent: new Set(silent.filter((id) => found.includes(id))),
      allSent: room > 0 && failsAt >= messages.length,
    });
  }
  return { stored, sent, looks, at };
}

const histories = fc.array(step, { minLength: 1, maxLength: 60 });

test("one message per cause and hour, and one solved after each, never of what nobody was told of", () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const { sent } = run(steps);
      for (const id of IDS) {
        const ofCause = sent.filter((each) => each.id === id);
        const found = ofCause.filter(({ kind }) => kind === "found").map(({ at }) => at);
        for (const [index, time] of found.slice(1).entries())
          expect(time - (found[index] ?? 0)).toBeGreaterThanOrEqual(HOUR_MS);
        for (const [index, { kind }] of ofCause.entries())
          if (kind === "solved") expect(ofCause[index - 1]?.kind).toBe("found");
      }
    }),
    { numRuns: 500 },
  );
});

test("tells only of what is there and not silenced, and calls solved only what is gone", () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const { sent, looks } = run(steps);
      const byTime = new Map(looks.map((look) => [look.at, look]));
      for (const { at, id, kind } of sent) {
        const look = byTime.get(at);
        expect(look?.found.has(id)).toBe(kind === "found");
        expect(look?.silent.has(id)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test("what lasts is told as soon as it is held, there is room and an hour has passed since", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom("plain", "held", "lingering"), (steps, id) => {
      const lasting = steps.map((each) => ({
        ...each,
        found: [...new Set([...each.found, id as (typeof IDS)[number]])],
        silent: each.silent.filter((one) => one !== id),
      }));
      const { sent, looks } = run(lasting);
      const begin = looks[0]?.at ?? 0;
      let last = -Infinity;
      for (const { at, allSent } of looks) {
        const isDue = at - last >= HOUR_MS && (id !== "held" || at - begin >= HOLD);
        const isTold = sent.some((each) => each.at === at && each.id === id && each.kind === "found");
        if (isDue && allSent) expect(isTold).toBe(true);
        if (isTold) last = at;
      }
    }),
    { numRuns: 500 },
  );
});

test("once all is well for long enough, everybody knows and nothing is stored", () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const calm = { minutes: 40, found: [], silent: [], room: 3, failsAt: 4 };
      const { stored, sent } = run([...steps, ...Array.from({ length: 5 }, () => calm)]);
      expect(stored.size).toBe(0);
      for (const id of IDS) {
        const wasSilenced = steps.some((each) => each.silent.includes(id) && each.found.includes(id));
        const last = sent.findLast((each) => each.id === id);
        if (last && !wasSilenced) expect(last.kind).toBe("solved");
      }
    }),
    { numRuns: 500 },
  );
});
