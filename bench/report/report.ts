import type { Machine } from "../host/machine.ts";
import type { Sizes } from "../measure/sizes.ts";
import type { Table } from "./table.ts";
import type { Target } from "./targets.ts";

/** All that a run found; what `--json` writes. */
export interface Report {
  readonly machine: Machine;
  readonly sizes: Sizes;
  /** The versions of what was measured. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  /** Who could not be measured, and why. */
  readonly absent: Readonly<Record<string, string>>;
}
