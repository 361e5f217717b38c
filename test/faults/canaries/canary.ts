/** A deliberately broken build, and the invariant that must catch it. */
export interface Canary {
  readonly name: string;
  /** What is wrong with it, in a sentence. */
  readonly what: string;
  readonly patches: readonly Patch[];
  readonly caughtBy: string;
  /** Parts of the kinds of fault that bring it to light. */
  readonly only: readonly string[];
  readonly events: number;
  readonly faults: number;
  /** How the deployment is set up. @default "disk" */
  readonly durability?: "second";
  /** Set: on a Redis that fails over, whose master wants so many replicas to take writes. */
  readonly minReplicas?: number;
}

export interface Patch {
  /** From the repository's root. */
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}
