import type { Status } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { ago, count, number, size } from "../text/words.ts";
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
export function statusView(status: Status, wanted: string, look: Look): string {
  const { paint } = look;
  const dead = status.processors.reduce((sum, each) => sum + each.dead, 0);
  return [
    refusalsView(status.refusals, look),
    [
      fact("last event", lastEvent(status, look), look),
      ...redisFacts(status, wanted, look),
      fact("workers", workersText(status, look), look),
      ...inboxFacts(status, look),
    ].join("\n"),
    processorsView(status.processors, look),
    dead > 0
      ? `${paint.red(count(dead, "dead letter"))}. See them: misskeep dead list`
      : paint.dim("No dead letters."),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
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
    fact("Redis", `${version}, ${full ? paint.red(`${memory}: too full to take events`) : memory}`, look),
  ];
}

const RANK = { unknown: 0, none: 0, second: 1, disk: 2 } as const;

function workersText({ workers }: Status, { paint }: Look): string {
  const silent = workers.silent > 0 ? paint.dim(`, ${workers.silent} silent`) : "";
  if (workers.live === 0)
    return paint.yellow("none live: events are kept, and wait. Start one: npm start") + silent;
  return `${workers.live} live${silent}`;
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
