import { describe, expect, test } from "vitest";
import { createPaint } from "../text/paint.ts";
import { auditView } from "./audit.ts";
import { deadListView } from "./dead.ts";
import { deadLetterView } from "./dead-letter.ts";
import { discardedView } from "./discarded.ts";
import { editView } from "./edit.ts";
import { erasePlanView, erasureView } from "./erase.ts";
import { eventView } from "./event.ts";
import { eventsView, tailLine } from "./events.ts";
import { groupsView, groupView } from "./groups.ts";
import type { Look } from "./look.ts";
import { planView } from "./plan.ts";
import { processorView } from "./processor.ts";
import { processorListView } from "./processors.ts";
import { followedView, runChangedView, runsView, runView } from "./run.ts";
import { sentView } from "./sent.ts";
import { statusView } from "./status.ts";
import { EVIL, ID, look, NOW, OBEYED } from "./test-support/hostile.ts";
import { details, summary } from "./test-support/hostile-events.ts";
import { audit, discarded, erasePlan, group, letter, page, query } from "./test-support/hostile-letters.ts";
import { backfill, how, items, plan, run } from "./test-support/hostile-runs.ts";
import { off, status, worker } from "./test-support/hostile-status.ts";
import { workersView } from "./workers.ts";

const views: Record<string, (on: Look) => string> = {
  status: (on) => statusView(status, "disk", on),
  "events list": (on) =>
    eventsView({ events: [summary, summary], next: ID, scanned: 2 }, { person: EVIL, from: NOW }, on),
  "events list, none found": (on) => eventsView({ events: [], next: ID, scanned: 2 }, { type: EVIL }, on),
  "events tail": (on) => tailLine({ ...summary, sentence: `${EVIL} `.repeat(9) }, on),
  "events show --raw": (on) => eventView(details, on),
  "dead list": (on) => deadListView(page, query, on),
  "dead show --raw": (on) => deadLetterView(letter, on),
  "dead groups": (on) =>
    groupsView([group, { ...group, state: "open" }], { processor: "mail", dead: 600 }, on),
  "dead show GROUP": (on) => groupView(group, on),
  "dead discarded": (on) => discardedView(discarded, on),
  "dead edit": (on) =>
    editView(
      { a: EVIL, [EVIL]: 1 },
      JSON.stringify({ a: `${EVIL} `.repeat(40) }),
      { ok: false, mismatches: [{ path: EVIL, message: EVIL }] },
      on,
    ),
  "a plan": (on) => planView(plan, how, on),
  "a plan of a backfill": (on) => planView(backfill, how, on),
  "runs list": (on) => runsView({ runs: [run, run], next: "W".repeat(60) }, on),
  "runs show": (on) => runView(run, items, on),
  "runs cancel": (on) => runChangedView(run, on),
  "a run that is not watched any more": (on) => followedView({ run, left: "waits" }, on),
  "events erase, planned": (on) => erasePlanView(erasePlan, on),
  "events erase": (on) => erasureView({ ...erasePlan, disk: "busy" }, on),
  "processors list": (on) => processorListView(status.processors, off, on),
  "processors show": (on) => processorView(status.processors[0]!, on),
  "workers list": (on) => workersView([worker, { ...worker, live: false, stoppedAt: NOW - 9_000 }], on),
  audit: (on) => auditView(audit, on),
};

describe.each(Object.entries(views))("%s", (_, view) => {
  test("shows nothing that a terminal obeys, whichever field it is in", () => {
    expect(view(look)).not.toMatch(OBEYED);
    expect(view({ ...look, columns: Infinity })).not.toMatch(OBEYED);
  });

  test("keeps to 80 columns, or cuts nothing in a pipe", () => {
    const wide = view(look)
      .split("\n")
      .filter((line) => line.length > 80 && line.includes(" "));
    expect(wide).toEqual([]);
    expect(view({ ...look, columns: Infinity })).not.toContain("…");
  });

  test("says the same with and without colours", () => {
    // oxlint-disable-next-line no-control-regex -- our own colours
    const plain = view({ ...look, paint: createPaint(true) }).replace(/\u001B\[\d+m/g, "");
    expect(plain).toBe(view(look));
  });
});

test("status tells first what was refused and is lost, in words that say what to do", () => {
  const host = { ...status.refusals.groups[0]!, host: "example.tld" };
  const text = statusView({ ...status, refusals: { ...status.refusals, groups: [host] } }, "disk", {
    ...look,
    columns: Infinity,
  });
  expect(text.split("\n")[0]).toMatch(
    /^! 12 refused for a wrong secret from example\.tld since \d\d:\d\d; Misskey will not resend these\.$/,
  );
});

test("status does not take a scanner for a lost event, nor an old refusal for news", () => {
  const [refused] = status.refusals.groups;
  const of = (change: object) =>
    statusView(
      { ...status, refusals: { ...status.refusals, groups: [{ ...refused!, ...change }] } },
      "disk",
      look,
    );
  expect(of({ host: null })).toMatch(/^12 refused from senders that name no host, so not from Misskey\./);
  expect(of({ last: NOW - 9 * 86_400_000 })).toMatch(/^12 refused in all, the last one 9 d ago\./);
});

test("an event that was spooled has no id yet, and the answer says where it is", () => {
  const text = sentView([{ status: 202, body: { status: "accepted", id: null } }], look);
  expect(text).toBe("202 accepted  in the spool, until Redis takes it");
});

test("status names a spool only if a person should know of it", () => {
  expect(statusView(status, "disk", look)).toMatch(/^spool +3 events not in Redis yet/m);
  const [spool] = status.spools;
  const empty = { ...spool!, files: 0, aside: 0, refusal: null };
  expect(statusView({ ...status, spools: [empty] }, "disk", look)).not.toMatch(/^spool/m);
});

test("status names the test button", () => {
  const text = statusView({ ...status, lastEvent: { ...summary, type: "note", isTest: true } }, "disk", look);
  expect(text).toMatch(/last event +test button \(note\), 3 s ago/);
});

test("status says how many are dead, whether they become more, and where to go on", () => {
  const text = statusView(status, "disk", look);
  expect(text).toContain("300 dead letters; 20 died in the last hour, 10 in the one before.");
  expect(text).toContain("misskeep dead groups");
  expect(text).toContain("1 run not ended yet.\n  See how far: misskeep runs list");
});

test("an id is never cut off, since it is to be copied", () => {
  const id = `${letter.id}~r0r0r0r0r0r0`;
  const text = deadListView({ ...page, letters: page.letters.map((each) => ({ ...each, id })) }, query, look);
  expect(text.split("\n").filter((line) => line.startsWith(`${id}  `))).toHaveLength(20);
});

test("no groups are not taken for no dead letters", () => {
  expect(groupsView([], { dead: 0 }, look)).toBe("No dead letters.");
  expect(groupsView([], { dead: 3 }, look)).toContain("misskeep dead rebuild-index");
});
