/** How a run of a processor ended without a failure. Plain JSON: it is stored with the job. */
export type Outcome =
  | { readonly type: "handled"; readonly detail?: string }
  | { readonly type: "ignored"; readonly reason: string };

/** The event's effect took place. `detail` is shown to people; no private content in it. */
export function handled(detail?: string): Outcome {
  return detail === undefined ? { type: "handled" } : { type: "handled", detail };
}

/** The event needs nothing of this processor, for a reason that is shown to people. */
export function ignored(reason: string): Outcome {
  return { type: "ignored", reason };
}
