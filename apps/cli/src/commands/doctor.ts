import { doctor } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import type { SetExitCode } from "../errors.ts";
import { show } from "../show.ts";
import { doctorView } from "../views/doctor.ts";
import { withContext } from "../with-context.ts";

/** `misskeep doctor` */
export async function doctorCommand(
  deps: Deps,
  options: CommonOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { durability: wanted } = await deps.settings();
  const { now } = deps;
  const diagnosis = await withContext(deps, (context) => doctor(context, { wanted, now }));
  if (!diagnosis.healthy) setExitCode(1);
  show(deps, options, diagnosis, (look) => doctorView(diagnosis, look));
}
