import { fingerprint } from "@misskeep/queue";
import type { FindCauses } from "../cause.ts";
import { ours, say } from "../text/text.ts";
import { count, since } from "../text/words.ts";

/** A processor that found its settings wrong. One that a person paused is meant to be. */
export const pausedItself: FindCauses = ({ processors, at }) =>
  processors.flatMap(({ name, paused, waiting }) =>
    paused === null || paused.by !== name
      ? []
      : {
          id: `paused:${name}`,
          level: "down",
          title: say`${name} paused itself`,
          what: say`${name} paused itself ${since(paused.at, at)}: ${normalised(name, paused.why)}. ${count(
            waiting,
            "event",
          )} ${ours(waiting === 1 ? "waits" : "wait")}. Mend its settings, restart its workers, then resume it.`,
          help: { command: `misskeep processors resume ${name}`, path: "/processors" },
        },
  );

/** As the messages of dead letters: the processor's author wrote it, and might have put in what is private. */
function normalised(processor: string, message: string): string {
  return fingerprint(processor, { name: "Misconfigured", message }).message.replace(/\.\s*$/, "");
}
