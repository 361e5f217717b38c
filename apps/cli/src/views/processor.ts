import type { ProcessorStatus } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { duration, exactAndAgo, number } from "../text/words.ts";
import { fact, type Look, paragraph } from "./look.ts";
import { figure, remarks, wishesText } from "./processors.ts";

/** One processor, with its rules and settings as its newest worker has them. */
export function processorView(status: ProcessorStatus, look: Look): string {
  const { paint, now } = look;
  const { name, rules } = status;
  const wrong = remarks(status, now);
  return [
    paint.bold(`Processor ${name}`),
    [
      ...wrong.map((remark) => paragraph(remark, look, { first: "! ", paint: paint.yellow })),
      fact("wants", wishesText(status), look),
      ...(status.since === null ? [] : [fact("since", exactAndAgo(status.since, now), look)]),
      fact("workers", `${number(status.workers)} live`, look),
      fact(
        "before it",
        `${number(status.waiting)} waiting, ${number(status.active)} active, ${number(status.delayed)} delayed`,
        look,
      ),
      fact("dead", status.dead > 0 ? paint.red(number(status.dead)) : "0", look),
      fact(
        "last 5 min",
        `${figure(status.perMinute)} done and ${figure(status.failedPerMinute)} failed a minute` +
          (status.p95Ms === null ? "" : `; 95 % handled within ${duration(status.p95Ms)} of receipt`),
        look,
      ),
    ].join("\n"),
    rules === null ? paint.dim("No worker has said its rules.") : rulesText(rules, look),
    paint.dim(
      [
        ...(status.dead > 0 ? [`Why they died: misskeep dead groups ${name}`] : []),
        status.paused
          ? `Let it go on:  misskeep processors resume ${name}`
          : `Make it wait:  misskeep processors pause ${name} --why <text>`,
      ].join("\n"),
    ),
  ].join("\n\n");
}

function rulesText(rules: NonNullable<ProcessorStatus["rules"]>, look: Look): string {
  const { attempts, backoffMs, maxAgeMs, timeoutMs, concurrency, rateLimit, settings } = rules;
  const waits = backoffMs.map(duration).join(", ");
  const more = backoffMs.length < attempts - 1 ? " and so on" : "";
  return [
    fact("attempts", `${number(attempts)}, each for ${duration(timeoutMs)} at most`, look),
    ...(waits === "" ? [] : [fact("waits", `${waits}${more}`, look)]),
    fact("gives up", `${duration(maxAgeMs)} after its receipt`, look),
    fact(
      "at once",
      `${number(concurrency)} in each worker${rateLimit === null ? "" : `; at most ${number(rateLimit.max)} each ${duration(rateLimit.perMs)} in all`}`,
      look,
    ),
    ...settings.map(({ name, value, secret }) =>
      fact(
        "setting",
        `${oneLine(name)}=${value === null ? look.paint.dim("(not set)") : oneLine(value)}${secret ? look.paint.dim(" (secret)") : ""}`,
        look,
      ),
    ),
  ].join("\n");
}
