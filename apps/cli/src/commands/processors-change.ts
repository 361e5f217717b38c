import { pauseProcessor, removeProcessor, resumeProcessor } from "@misskeep/operations";
import { confirm, type ConfirmOptions } from "../confirm.ts";
import type { Deps } from "../deps.ts";
import { show } from "../show.ts";
import { count } from "../text/words.ts";
import { pauseText } from "../views/processors.ts";
import { withContext } from "../with-context.ts";

export interface ProcessorsChangeOptions extends ConfirmOptions {
  readonly why: string;
}

/** `misskeep processors pause PROCESSOR` */
export async function processorsPauseCommand(
  deps: Deps,
  name: string,
  options: ProcessorsChangeOptions,
): Promise<void> {
  const by = { by: deps.user, why: options.why };
  const result = await withContext(deps, (context) => pauseProcessor(context, name, by));
  show(deps, options, result, ({ now }) =>
    result.already
      ? `${name} was ${pauseText(result.pause, now)} already.`
      : `${name} is paused; its events wait. Let it go on: misskeep processors resume ${name}`,
  );
}

/** `misskeep processors resume PROCESSOR` */
export async function processorsResumeCommand(
  deps: Deps,
  name: string,
  options: ProcessorsChangeOptions,
): Promise<void> {
  const result = await withContext(deps, (context) =>
    resumeProcessor(context, name, { by: deps.user, why: options.why }),
  );
  show(deps, options, result, ({ now }) =>
    result.was === null
      ? `${name} was not paused.`
      : `${name} goes on with ${count(result.waiting, "waiting event")}. It was ${pauseText(result.was, now)}.`,
  );
}

/** `misskeep processors remove PROCESSOR` */
export async function processorsRemoveCommand(
  deps: Deps,
  name: string,
  options: ProcessorsChangeOptions,
): Promise<void> {
  const what = `${name} will get no more events: what comes until it is back never reaches it.`;
  const result = await withContext(deps, async (context) => {
    await confirm(deps, options, what);
    return removeProcessor(context, name, { by: deps.user, why: options.why });
  });
  show(deps, options, result, () =>
    [
      `${name} is removed: it gets no more events.`,
      ...(result.workers > 0
        ? [
            `${count(result.workers, "live worker")} still has it; it comes back when that one starts again with it.`,
          ]
        : []),
    ].join("\n"),
  );
}
