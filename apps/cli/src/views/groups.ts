import type { DeadGroup, DeadGroupState } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { ago, count, exactAndAgo, number } from "../text/words.ts";
import { summaryFacts } from "./event.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { spark } from "./spark.ts";

/**
 * Groups in the order given: two lines each, since a message that is cut off helps nobody.
 *
 * @param asked the conditions of the list
 */
export function groupsView(
  groups: readonly DeadGroup[],
  asked: {
    readonly processor?: string | undefined;
    readonly state?: DeadGroupState | undefined;
    /** How many letters are dead, whether the index knows them or not. */
    readonly dead: number;
  },
  look: Look,
): string {
  const { paint } = look;
  const of = asked.processor === undefined ? "" : ` of ${asked.processor}`;
  const [first] = groups;
  if (first === undefined) {
    if (asked.state !== undefined) return `No groups${of} that are ${asked.state}.`;
    return asked.dead === 0
      ? `No dead letters${of}.`
      : [
          `${paint.red(count(asked.dead, "dead letter"))}${of}, in no group: the index does not know them yet.`,
          "A live worker adds them in a while; at once: misskeep dead rebuild-index",
        ].join("\n");
  }
  const letters = groups.reduce((sum, group) => sum + group.count, 0);
  const most = Math.max(...groups.map((group) => group.processor.length));
  return [
    `${paint.red(count(letters, "dead letter"))}${of} in ${count(groups.length, "group")}; bars: the last 24 hours.`,
    ...groups.map((group) => groupLines(group, most, look)),
    paint.dim(
      [
        `All of one:    misskeep dead show ${first.group}`,
        `Its letters:   misskeep dead list --group ${first.group}`,
        `Run it again:  misskeep dead replay --group ${first.group}`,
      ].join("\n"),
    ),
  ].join("\n\n");
}

function groupLines(group: DeadGroup, width: number, look: Look): string {
  const { paint, now } = look;
  const state = group.state === "open" ? "" : `  ${stateText(group, look)}`;
  const head = `${paint.bold(group.group)}  ${group.processor.padEnd(width)}  ${spark(group.perHour, 2)}  ${paint.red(number(group.count))}, ${ago(group.lastDiedAt, now)}${state}`;
  return [head, paragraph(causeText(group), look, { first: "  " })].join("\n");
}

/** One group, and what can be done about it. */
export function groupView(group: DeadGroup, look: Look): string {
  const { paint, now } = look;
  const { group: id, processor, example, resolved, mutedUntil, firstDiedAt, lastDiedAt } = group;
  return [
    paint.bold(`Group ${id} of ${processor}`),
    paragraph(causeText(group), look, { paint: paint.red }),
    [
      fact("dead", `${number(group.count)}, by hour: ${spark(group.perHour, 1)}`, look),
      fact("first", exactAndAgo(firstDiedAt, now), look),
      fact("last", exactAndAgo(lastDiedAt, now), look),
      fact("state", stateText(group, look), look),
      ...(resolved === null
        ? []
        : [
            fact(
              "resolved",
              `${exactAndAgo(resolved.at, now)} by ${oneLine(resolved.by)}${resolved.why === "" ? "" : `: ${oneLine(resolved.why)}`}`,
              look,
            ),
          ]),
      ...(mutedUntil === null ? [] : [fact("alerts", `none until ${exactAndAgo(mutedUntil, now)}`, look)]),
    ].join("\n"),
    example === null
      ? ""
      : [
          `${paint.dim("The newest one:")} ${example.id}`,
          paragraph(oneLine(example.event.sentence), look),
          ...(example.message === group.message
            ? []
            : [paragraph(oneLine(example.message), look, { paint: paint.red })]),
          ...summaryFacts(example.event, look),
        ].join("\n"),
    paint.dim(
      [
        ...(example === null ? [] : [`The newest one:    misskeep dead show ${processor} ${example.id}`]),
        `All its letters:   misskeep dead list --group ${id}`,
        `Run them again:    misskeep dead replay --group ${id}`,
        `First some:        misskeep dead replay --group ${id} --try 20`,
        group.state === "resolved"
          ? `Not so after all:  misskeep dead reopen ${id}`
          : `It is mended:      misskeep dead resolve ${id} --why <text>`,
        `Put them away:     misskeep dead discard --group ${id} --why <text>`,
        ...(mutedUntil === null ? [`No alerts for it:  misskeep dead mute ${id} --until 8h`] : []),
      ].join("\n"),
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function causeText({ error, message }: DeadGroup): string {
  const code = error.code === null ? "" : ` [${oneLine(error.code)}]`;
  return `${oneLine(error.name)}${code}: ${oneLine(message)}`;
}

function stateText({ state }: DeadGroup, { paint }: Look): string {
  return { open: (text: string) => text, reopened: paint.yellow, resolved: paint.green }[state](state);
}
