import { defineProcessor, handled, type Processor } from "@misskeep/processor";
import { describe } from "@misskeep/schema";

/** Writes one sentence about every event to the log; never what people wrote. */
export function log({ name = "log" }: { readonly name?: string } = {}): Processor {
  return defineProcessor({
    name,
    on: "*",
    handle(event, { log: logger }) {
      logger.info({ type: event.type }, describe(event));
      return handled();
    },
  });
}

export default log();
