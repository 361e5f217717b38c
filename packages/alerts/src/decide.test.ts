import { expect, test } from "vitest";
import type { Cause } from "./cause.ts";
import { type CauseState, decide, type Decision } from "./decide.ts";
import { NOW } from "./test-support/readings.ts";

const MINUTE = 60_000;

function cause(id: string, changes: Partial<Cause> = {}): Cause {
  return { id, level: "down", title: [id], what: [id], help: { command: "", path: "/" }, ...changes };
}

/** A world in which every message is sent, with looks at chosen minutes. */
function makeWorld(): {
  look(minute: number, causes: readonly Cause[], room?: number): string[];
  last(): Decision;
  stored: Map<string, CauseState>;
} {
  const stored = new Map<string, CauseState>();
  let last: Decision;
  return {
    stored,
    last: () => last,
    look(minute, causes, room = 5) {
      last = decide(causes, stored, NOW + minute * MINUTE, room);
      for (const changes of [last.changes, ...last.messages.map((message) => message.changes)])
        for (const [id, state] of changes) {
          if (state === null) stored.delete(id);
          else stored.set(id, state);
        }
      return last.messages.map(({ causes: told }) =>
        told
          .map((each) =>
            each.kind === "solved"
              ? `solved ${each.id}`
              : `${each.isReminder ? "still " : ""}${each.cause.id}`,
          )
          .join("+"),
      );
    },
  };
}

test("tells at once, again each hour while it lasts, and once when it is solved", () => {
  const { look, stored } = makeWorld();
  expect(look(0, [cause("a")])).toEqual(["a"]);
  expect(look(1, [cause("a")])).toEqual([]);
  expect(look(59, [cause("a")])).toEqual([]);
  expect(look(60, [cause("a")])).toEqual(["still a"]);
  expect(look(61, [])).toEqual(["solved a"]);
  expect(look(62, [])).toEqual([]);
  expect(look(120, [])).toEqual([]);
  expect(stored.size).toBe(0);
});

test("tells of what comes back within the hour only after it", () => {
  const { look } = makeWorld();
  expect(look(0, [cause("a")])).toEqual(["a"]);
  expect(look(5, [])).toEqual(["solved a"]);
  expect(look(10, [cause("a")])).toEqual([]);
  expect(look(11, [])).toEqual([]);
  expect(look(30, [cause("a")])).toEqual([]);
  expect(look(60, [cause("a")])).toEqual(["a"]);
});

test("waits until a cause was found at every look for as long as it says", () => {
  const { look, last } = makeWorld();
  const slow = cause("a", { holdMs: 2 * MINUTE });
  expect(look(0, [slow])).toEqual([]);
  expect(look(1, [])).toEqual([]);
  expect(look(1.5, [slow])).toEqual([]);
  expect(look(3, [slow])).toEqual([]);
  expect(last().isDown).toBe(false);
  expect(look(3.5, [slow])).toEqual(["a"]);
  expect(last().isDown).toBe(true);
});

test("takes what comes and goes within its linger for one cause", () => {
  const { look, last } = makeWorld();
  const flapping = cause("a", { lingerMs: 5 * MINUTE });
  expect(look(0, [flapping])).toEqual(["a"]);
  expect(look(4, [])).toEqual([]);
  expect(last().isDown).toBe(true);
  expect(look(8, [flapping])).toEqual([]);
  expect(look(9, [])).toEqual([]);
  expect(look(14, [])).toEqual(["solved a"]);
  expect(last().messages[0]?.causes[0]).toMatchObject({ lastedMs: 9 * MINUTE });
});

test("reminds of a cause with news only when it has some", () => {
  const { look } = makeWorld();
  expect(look(0, [cause("a", { news: 1 })])).toEqual(["a"]);
  expect(look(70, [cause("a", { news: 1 })])).toEqual([]);
  expect(look(80, [cause("a", { news: 2 })])).toEqual(["still a"]);
  expect(look(90, [cause("a", { news: 3 })])).toEqual([]);
  expect(look(140, [cause("a", { news: 3 })])).toEqual(["still a"]);
});

test("says nothing of what was silenced, not even that it is solved", () => {
  const { look, last } = makeWorld();
  expect(look(0, [cause("a")])).toEqual(["a"]);
  expect(look(1, [cause("a", { silent: true })])).toEqual([]);
  expect(last().isDown).toBe(false);
  expect(look(2, [])).toEqual([]);
  expect(look(61, [cause("a")])).toEqual(["a"]);
});

test("sends what is down first, then notices, then what is solved; the last message takes what finds no room", () => {
  const { look } = makeWorld();
  look(0, [cause("old")]);
  const causes = [cause("n", { level: "notice" }), cause("a"), cause("b"), cause("c")];
  expect(look(1, causes, 3)).toEqual(["a", "b", "c+n+solved old"]);
  expect(look(2, causes)).toEqual([]);
});

test("forgets nothing that found no room, and does not tell of what is gone meanwhile", () => {
  const { look } = makeWorld();
  expect(look(0, [cause("a"), cause("b")], 0)).toEqual([]);
  expect(look(1, [cause("b")], 1)).toEqual(["b"]);
  expect(look(2, [], 0)).toEqual([]);
  expect(look(3, [], 1)).toEqual(["solved b"]);
});

test("stands for a cause that lasts although people were told an hour ago or never", () => {
  const { look, last } = makeWorld();
  look(0, [cause("a")], 0);
  expect(last().isDown).toBe(true);
  look(1, [cause("a", { level: "notice" })]);
  expect(last().isDown).toBe(false);
});
