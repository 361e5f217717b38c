/** What a check found: `output` says what is wrong when it is not `ok`. */
export interface GateResult {
  readonly ok: boolean;
  readonly output: string;
}

/** A check of everything below a folder. */
export type Gate = (root: string) => Promise<GateResult>;

export const gates: Readonly<Record<string, Gate>>;
