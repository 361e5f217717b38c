import type * as z from "zod";
import type { Processor } from "./define-processor.ts";

/** Whether a processor can run with the settings that are there. */
export type ConfigReading =
  | { readonly status: "on"; readonly config: unknown }
  /** A required setting is absent: the processor is not wanted here. */
  | {
      readonly status: "off";
      readonly missing: readonly string[];
      /** Others of its settings are there, so somebody may have wanted it. */
      readonly partly: boolean;
    }
  /** A setting is there and wrong: a mistake that someone has to mend. */
  | { readonly status: "invalid"; readonly mistakes: readonly string[] };

/**
 * Reads a processor's settings.
 *
 * @param settings environment variables; an empty one counts as absent
 * @returns mistakes name the setting and never its value, which may be a secret
 */
export function readConfig(
  processor: Pick<Processor, "config">,
  settings: Readonly<Record<string, string | undefined>>,
): ConfigReading {
  const names = Object.keys(processor.config.shape);
  const given = Object.fromEntries(names.map((name) => [name, settings[name] || undefined]));
  const parsed = processor.config.safeParse(given);
  if (parsed.success) return { status: "on", config: parsed.data };
  const isNoneGiven = names.every((name) => given[name] === undefined);
  // A rule about several settings has no path: without any of them it only says that the processor is not wanted.
  const isAbsent = ({ path }: z.core.$ZodIssue): boolean =>
    path.length === 0 ? isNoneGiven : given[String(path[0])] === undefined;
  const nameOf = ({ path }: z.core.$ZodIssue): string => path.join(".") || names.join(", ");
  const wrong = parsed.error.issues.filter((issue) => !isAbsent(issue));
  if (wrong.length > 0)
    return {
      status: "invalid",
      mistakes: wrong.map((issue) => `${nameOf(issue)}: ${issue.message}`),
    };
  return { status: "off", missing: parsed.error.issues.map(nameOf), partly: !isNoneGiven };
}
