import type { EventAtProcessor, EventDetails, EventSummary, MisskeyFacts } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { count, exactAndAgo, number } from "../text/words.ts";
import { contentView } from "./content.ts";
import { errorText, historyView } from "./history.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { rawBodyView } from "./raw-body.ts";

/** One event: what came, how often, and what each processor made of it. */
export function eventView(event: EventDetails, look: Look): string {
  const { paint } = look;
  return [
    `${paint.bold(`Event ${event.id}`)}\n${paragraph(oneLine(event.sentence), look)}`,
    [
      ...summaryFacts(event, look),
      ...inboxFacts(event, look),
      ...misskeyFacts(event.misskey, look),
      ...(event.erasedAt === null
        ? []
        : [fact("erased", paint.yellow(`its content, ${exactAndAgo(event.erasedAt, look.now)}`), look)]),
    ].join("\n"),
    event.content === undefined ? "" : contentView(event.content, look),
    event.processors.length === 0 ? nowhere(event) : "",
    ...event.processors.map((each) => atProcessor(each, look)),
    event.raw
      ? `${paint.dim("Body")}\n${rawBodyView(event.raw)}`
      : paint.dim(
          event.erasedAt === null && !event.content
            ? "What it says, which can be private: --content, --raw"
            : "",
        ),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

export function summaryFacts(event: EventSummary, look: Look): string[] {
  const type = event.type === null ? "none" : oneLine(event.type);
  return [
    fact("type", event.isTest ? `${type}, from Misskey's test button` : type, look),
    fact("received", exactAndAgo(event.receivedAt, look.now), look),
    fact("hook", oneLine(event.hook), look),
    fact("from", `${oneLine(event.host ?? "a sender without host")}, ${count(event.bytes, "byte")}`, look),
  ];
}

export function misskeyFacts(
  { eventId, hookId, ownerId, server, createdAt }: MisskeyFacts,
  look: Look,
): string[] {
  const parts = [
    eventId !== null && `event ${oneLine(eventId)}`,
    hookId !== null && `hook ${oneLine(hookId)}`,
    ownerId !== null && `of user ${oneLine(ownerId)}`,
  ].filter((part) => part !== false);
  return [
    ...(server === null ? [] : [fact("server", oneLine(server), look)]),
    ...(parts.length === 0 ? [] : [fact("in Misskey", parts.join(", "), look)]),
    ...(createdAt === null || !isDate(createdAt)
      ? []
      : [fact("sent", exactAndAgo(createdAt, look.now), look)]),
  ];
}

/** A sender may write any number. */
function isDate(ms: number): boolean {
  return Math.abs(ms) < 8e15;
}

function inboxFacts({ inbox }: EventDetails, look: Look): string[] {
  const { paint, now } = look;
  if (inbox === null) return [fact("inbox", "no longer there: trimmed by age or size", look)];
  const { secretNumber, userAgent, contentType, pinBroken, duplicates, state } = inbox;
  const client = [userAgent, contentType].filter((text) => text !== null).map(oneLine);
  const times = duplicates?.count ?? 0;
  const last = duplicates?.last ?? null;
  const again =
    times === 0 ? "none" : `${number(times)}, the last ${last === null ? "" : exactAndAgo(last, now)}`;
  return [
    fact("secret", `number ${secretNumber} of the hook's`, look),
    ...(client.length === 0 ? [] : [fact("client", client.join(", "), look)]),
    ...(pinBroken === null ? [] : [fact("pin", paint.yellow(oneLine(pinBroken)), look)]),
    fact("duplicates", duplicates === null ? "no longer known" : again, look),
    fact("dispatched", DISPATCHED[state], look),
  ];
}

const DISPATCHED = {
  waiting: "not yet: it waits for a dispatcher",
  held: "a dispatcher holds it; if that one crashed, another takes over within a minute",
  dispatched: "yes",
} as const;

function nowhere({ inbox }: EventDetails): string {
  return inbox?.state === "dispatched"
    ? "No processor has it: none wanted its type, or they handled it over a day ago."
    : "No processor has it yet.";
}

function atProcessor(at: EventAtProcessor, look: Look): string {
  const { paint, now } = look;
  const colour =
    { dead: paint.red, delayed: paint.yellow, handled: paint.green }[at.state as string] ?? paint.bold;
  const when = at.endedAt === null ? "" : `, ${exactAndAgo(at.endedAt, now)}`;
  const next = at.runsAt === null ? "" : `, runs again ${exactAndAgo(at.runsAt, now)}`;
  const [, suffix] = at.id.split("~");
  const run = suffix === undefined ? "" : ` (by run or edit ${suffix})`;
  const replays = at.replays > 0 ? `, replayed ${count(at.replays, "time")}` : "";
  return [
    paragraph(
      `${paint.bold(at.processor)} ${colour(at.state)}${run}${when}${next}, ${count(at.attempts, "attempt")}${replays}`,
      look,
      { rest: "  " },
    ),
    ...(at.parent === null ? [] : [`  with a changed body, made of ${at.parent}`]),
    ...(at.discarded === null
      ? []
      : [
          paragraph(
            `put away by ${oneLine(at.discarded.by)} ${exactAndAgo(at.discarded.at, now)}: ${oneLine(at.discarded.why)}`,
            look,
            { first: "  " },
          ),
        ]),
    ...(at.detail === null ? [] : [`  ${oneLine(at.detail)}`]),
    ...(at.error === null ? [] : [paragraph(errorText(at.error), look, { first: "  " })]),
    ...(at.history.length === 0 ? [] : [historyView(at.history, look)]),
    ...(at.state === "dead" ? [paint.dim(`All about it: misskeep dead show ${at.processor} ${at.id}`)] : []),
  ].join("\n");
}
