import { type Processor, readConfig } from "@misskeep/processor";
import type { OffProcessor, ProcessorSetting } from "@misskeep/queue";
import { describeSettings } from "./describe-settings.ts";

export interface Chosen {
  readonly processor: Processor;
  readonly config: unknown;
  /** As anybody may see them. */
  readonly settings: readonly ProcessorSetting[];
}

export interface Choice {
  /** What this worker runs. */
  readonly on: readonly Chosen[];
  /** What it does not run, and why. */
  readonly off: readonly OffProcessor[];
  /** What keeps the worker from starting. */
  readonly mistakes: readonly { readonly setting: string; readonly problem: string; readonly fix: string }[];
}

/**
 * Chooses the processors that this worker runs.
 *
 * @param wanted the names in WORKER_PROCESSORS; undefined: all that are configured
 * @param values the settings that the processors' `config` names
 */
export function chooseProcessors(
  all: readonly Processor[],
  wanted: readonly string[] | undefined,
  values: Readonly<Record<string, string | undefined>>,
): Choice {
  const on: Chosen[] = [];
  const off: OffProcessor[] = [];
  const mistakes: { setting: string; problem: string; fix: string }[] = [];
  const names = new Set<string>();
  for (const processor of all) {
    const { name } = processor;
    if (names.has(name))
      mistakes.push({ setting: name, problem: "is the name of two processors", fix: "Rename one of them." });
    names.add(name);
    const settings = describeSettings(processor, values);
    if (wanted && !wanted.includes(name)) {
      off.push({ name, why: "not in WORKER_PROCESSORS", partly: false, settings });
      continue;
    }
    const reading = readConfig(processor, values);
    if (reading.status === "on") on.push({ processor, config: reading.config, settings });
    else if (reading.status === "invalid")
      for (const mistake of reading.mistakes)
        mistakes.push({ setting: name, problem: `cannot use ${mistake}`, fix: "See docs/settings.md." });
    else {
      const missing = reading.missing.join(", ");
      off.push({
        name,
        why: `${missing} ${reading.missing.length === 1 ? "is" : "are"} not set`,
        partly: reading.partly,
        settings,
      });
      if (wanted)
        mistakes.push({
          setting: "WORKER_PROCESSORS",
          problem: `asks for ${name}, which needs ${missing}`,
          fix: `Set ${missing}, or leave ${name} out.`,
        });
    }
  }
  for (const name of wanted ?? [])
    if (!names.has(name))
      mistakes.push({
        setting: "WORKER_PROCESSORS",
        problem: `names ${name}, which is no processor`,
        fix: `There are ${[...names].join(", ")}.`,
      });
  return { on, off, mistakes };
}
