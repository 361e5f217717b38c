import type { OffReason } from "../list-off.ts";
import type { ProcessorStatus } from "../list-processors.ts";
import { type Finding, ok, warn } from "./finding.ts";

/** Whether there are jobs that nobody will run. That no worker is live at all is told elsewhere. */
export function checkQueues(processors: readonly ProcessorStatus[]): readonly Finding[] {
  const isAnyLive = processors.some(({ workers }) => workers > 0);
  const findings = processors.flatMap((processor) => {
    const { name, workers, removed, waiting, active, delayed, dead } = processor;
    const left = Object.entries({ waiting, active, delayed, dead })
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${count} ${state}`)
      .join(", ");
    if (removed && left !== "") {
      return warn(
        "queues",
        `Processor ${name} was removed, and its queue still has jobs (${left}).`,
        `Start a worker that has it once more, or discard its dead letters (\`misskeep dead list ${name}\`).`,
      );
    }
    if (isAnyLive && workers === 0 && waiting + active + delayed > 0) {
      return warn(
        "queues",
        `Processor ${name} has jobs (${left}), and no live worker runs it.`,
        `Start a worker that runs it; if nobody wants it any more, \`misskeep processors remove ${name}\` says what is left.`,
      );
    }
    return [];
  });
  return findings.length > 0 ? findings : [ok("queues", "No queue with jobs lacks its worker.")];
}

/** Whether a processor is off that somebody wanted on. */
export function checkSettings(off: readonly OffReason[]): readonly Finding[] {
  return off
    .filter(({ partly }) => partly)
    .map(({ name, why }) =>
      warn(
        "settings",
        `Processor ${name} is off (${why}), though others of its settings are there.`,
        "Set what is missing, or take the others away, and start the workers again.",
      ),
    );
}
