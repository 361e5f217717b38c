import { eventTypeOf, peopleOf } from "@misskeep/schema";
import { loadEvent } from "../event-job.ts";
import type { EventJobData } from "../job-data.ts";
import type { RecordedError } from "../run-record.ts";
import { type Fingerprint, fingerprint } from "./fingerprint.ts";
import { facetName } from "./index-keys.ts";

/** By what a dead letter can be found. */
export interface Facets {
  /** Names of the sorted sets that it belongs to. */
  readonly sets: readonly string[];
  readonly fingerprint: Fingerprint;
  /** null where the body says none. */
  readonly type: string | null;
}

/** @param letter.error as it is shown to people */
export function facetsOf(
  processor: string,
  letter: { readonly id: string; readonly data: EventJobData; readonly error: RecordedError },
): Facets {
  const { facts, json } = loadEvent(letter);
  const type = eventTypeOf(json) ?? null;
  const print = fingerprint(processor, letter.error);
  return {
    sets: [
      facetName("group", print.group),
      ...(type === null ? [] : [facetName("type", type)]),
      facetName("hook", facts.hook),
      facetName("error", print.name),
      ...peopleOf(json, facts.host).map((handle) => facetName("person", handle)),
    ],
    fingerprint: print,
    type,
  };
}
