import type { Overview, Status } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { ago, count, duration, number, rate, size } from "../text/words.ts";
import { fact, type Look } from "./look.ts";
import { processorsView } from "./processors.ts";
import { refusalsView } from "./refusals.ts";

const HOLDS = {
  disk: "on disk before the answer",
  second: "on disk within a second or two",
  none: "may be lost when Redis restarts",
  unknown: "cannot be checked",
} as const;

/** Worst news first: what is lost, then what came last, then what waits, then what is dead. */
export function statusView(status: Overview, wanted: string, look: Look): string {
  return [
    refusalsView(status.refusals, look),
    [
      fact("last event", lastEvent(status, look), look),
      ...redisFacts(status, wanted, look),
      fact("workers", workersText(status, look), look),
      ...spoolFacts(status, look),
      ...inboxFacts(status, look),
      ...speedFacts(status, look),
    ].join("\n"),
    processorsView(status.processors, look),
    deadText(status, look),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** How many are dead, whether they become more, and where to go on. */
function deadText({ dead, runs }: Overview, look: Look): string {
  const { paint } = look;
  const { total, lastHour, hourBefore } = dead;
  const trend =
    lastHour === 0 && hourBefore === 0
      ? ""
      : `; ${number(lastHour)} died in the last hour, ${number(hourBefore)} in the one before`;
  return [
    total === 0
      ? paint.dim("No dead letters.")
      : `${paint.red(count(total, "dead letter"))}${trend}.\n  See why: misskeep dead groups`,
    ...(runs === 0
      ? []
      : [
          `${count(runs, "run")} not ended yet.
  See how far: misskeep runs list`,
        ]),
  ].join("\n");
}

function speedFacts({ rates, latency }: Overview, look: Look): string[] {
  return [
    ...(rates === null
      ? []
      : [
          fact(
            "now",
            `${rate(rates.accepted)} accepted, ${rate(rates.duplicates)} duplicate, ${rate(rates.refused)} refused a second`,
            look,
          ),
        ]),
    ...(latency === null
      ? []
      : [
          fact(
            "handled",
            `within ${duration(latency.p50)} (half), ${duration(latency.p95)} (95 %), ${duration(latency.p99)} (99 %) of receipt`,
            look,
          ),
        ]),
  ];
}

function lastEvent({ lastEvent: event }: Status, { now, paint }: Look): string {
  if (event === null) {
    return paint.yellow("none yet. Press Misskey's test button, or: misskeep send note");
  }
  const what = event.isTest ? `test button (${oneLine(event.type ?? "")})` : oneLine(event.type ?? "no type");
  const sentence = event.isTest ? "" : ` ${oneLine(event.sentence)}`;
  return `${what}, ${ago(event.receivedAt, now)}, hook ${oneLine(event.hook)}.${sentence}`;
}

function redisFacts({ redis }: Status, wanted: string, look: Look): string[] {
  const { paint } = look;
  const { level, findings, version, usedMemory, maxMemory } = redis;
  const isLess = RANK[level] < (RANK[wanted as keyof typeof RANK] ?? 2);
  const memory =
    maxMemory === 0
      ? `${size(usedMemory)}, no limit`
      : `${size(usedMemory)} of ${size(maxMemory)} (${Math.round((100 * usedMemory) / maxMemory)} %)`;
  const full = maxMemory > 0 && usedMemory / maxMemory >= 0.8;
  const kept = `${level}: ${HOLDS[level]}`;
  return [
    fact("durability", isLess ? paint.red(`${kept}, less than DURABILITY=${wanted}`) : kept, look),
    ...(findings.length > 0
      ? [fact("", paint.dim(`${count(findings.length, "finding")}; see them: misskeep doctor`), look)]
      : []),
    fact(
      "Redis",
      `${version}, ${full ? paint.red(`${memory}: too full, events go to the spool`) : memory}`,
      look,
    ),
  ];
}

const RANK = { unknown: 0, none: 0, second: 1, disk: 2 } as const;

function workersText({ workers }: Status, { paint }: Look): string {
  const silent = workers.silent > 0 ? paint.dim(`, ${workers.silent} silent`) : "";
  if (workers.live === 0)
    return paint.yellow("none live: events are kept, and wait. Start one: npm start") + silent;
  return `${workers.live} live${silent}`;
}

/** Only what a person should know: an empty spool is as it should be. */
function spoolFacts({ spools }: Status, look: Look): string[] {
  const { paint, now } = look;
  return spools.flatMap(({ host, files, bytes, oldestReceivedAt, aside, refusal }) => {
    const oldest = oldestReceivedAt === null ? "" : `, the oldest came ${ago(oldestReceivedAt, now)}`;
    const parts = [
      ...(files > 0 ? [`${count(files, "event")} not in Redis yet (${size(bytes)})${oldest}`] : []),
      ...(aside > 0 ? [`${count(aside, "file")} set aside`] : []),
      ...(refusal !== null ? [`cannot be used (${oneLine(refusal)})`] : []),
    ];
    if (parts.length === 0) return [];
    return [
      fact("spool", `${paint.yellow(parts.join("; "))} on ${oneLine(host)}. See: misskeep doctor`, look),
    ];
  });
}

function inboxFacts({ inbox }: Status, look: Look): string[] {
  const { paint, now } = look;
  const oldest = inbox.oldestWaitingAt === null ? "" : `, the oldest came ${ago(inbox.oldestWaitingAt, now)}`;
  const waiting = `${number(inbox.waiting)} waiting${oldest}`;
  const late = inbox.oldestWaitingAt !== null && now - inbox.oldestWaitingAt > 60_000;
  const reach = inbox.oldestReceivedAt === null ? "" : `, back to ${ago(inbox.oldestReceivedAt, now)}`;
  return [
    fact("inbox", late ? paint.yellow(waiting) : waiting, look),
    fact("", `${count(inbox.entries, "event")} kept (${size(inbox.bytes)})${reach}`, look),
    fact("", `${number(inbox.accepted)} accepted, ${count(inbox.duplicates, "duplicate")} in all`, look),
    ...(inbox.unsubscribed > 0
      ? [fact("", paint.dim(`${number(inbox.unsubscribed)} that no processor wanted`), look)]
      : []),
  ];
}
