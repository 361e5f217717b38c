import { listOff, listProcessors } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { show } from "../show.ts";
import { processorView } from "../views/processor.ts";
import { processorListView } from "../views/processors.ts";
import { withContext } from "../with-context.ts";

/** `misskeep processors list` */
export async function processorsListCommand(deps: Deps, options: CommonOptions): Promise<void> {
  const [processors, off] = await withContext(deps, (context) =>
    Promise.all([listProcessors(context), listOff(context)]),
  );
  show(deps, options, { processors, off }, (look) => processorListView(processors, off, look));
}

/** `misskeep processors show PROCESSOR` */
export async function processorsShowCommand(deps: Deps, name: string, options: CommonOptions): Promise<void> {
  const [processors, off] = await withContext(deps, (context) =>
    Promise.all([listProcessors(context), listOff(context)]),
  );
  const found = processors.find((each) => each.name === name);
  if (found === undefined) {
    const reason = off.find((each) => each.name === name);
    throw new CliError(
      "PROCESSOR_NOT_FOUND",
      reason === undefined
        ? `There is no processor "${name.slice(0, 64)}". See them: misskeep processors list`
        : `${name} is off: ${reason.why}.`,
    );
  }
  show(deps, options, found, (look) => processorView(found, look));
}
