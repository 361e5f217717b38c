import { listProcessors, pauseProcessor, removeProcessor, resumeProcessor } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { count, since } from "../text/words.ts";
import { pauseText, processorsView, wishesText } from "../views/processors.ts";
import { fact } from "../views/look.ts";
import { withContext } from "../with-context.ts";

/** `misskeep processors list` */
export async function processorsListCommand(deps: Deps, options: CommonOptions): Promise<void> {
  const processors = await withContext(deps, listProcessors);
  show(deps, options, { processors }, (look) =>
    [
      processorsView(processors, look),
      processors
        .map((each) => {
          const when = each.since === null ? "" : look.paint.dim(`, since ${since(each.since, look.now)}`);
          return fact(each.name, `${wishesText(each)}${when}`, look);
        })
        .join("\n"),
      processors.length > 1 ? "" : "No processor is registered yet: start a worker (npm start).",
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  );
}

/** `misskeep processors pause PROCESSOR` */
export async function processorsPauseCommand(
  deps: Deps,
  name: string,
  options: CommonOptions & { readonly why: string },
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
  options: CommonOptions,
): Promise<void> {
  const result = await withContext(deps, (context) =>
    resumeProcessor(context, name, { by: deps.user, why: "" }),
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
  options: CommonOptions,
): Promise<void> {
  const result = await withContext(deps, (context) =>
    removeProcessor(context, name, { by: deps.user, why: "" }),
  );
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
