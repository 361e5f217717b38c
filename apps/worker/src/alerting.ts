import { type AlertTargets, readFacts, startAlerting } from "@misskeep/alerts";
import type { Context } from "@misskeep/operations";
import type { Log } from "@misskeep/processor";

export interface AlertSettings {
  readonly targets: AlertTargets;
  /** What `DURABILITY` asks for. */
  readonly durability: "disk" | "second" | "none";
  /** How often it looks, and when first, ms. */
  readonly pace?: { readonly everyMs: number; readonly firstMs: number };
}

export interface AlertingDeps extends AlertSettings {
  readonly context: Context;
  /** This worker's id. */
  readonly worker: string;
  readonly log: Log;
  readonly onMessage: (result: "sent" | "failed") => void;
}

/**
 * Lets this worker tell people what is wrong, when it is its turn; nothing where there is nobody to tell.
 *
 * @returns a function that stops
 */
export function startAlerts(deps: AlertingDeps): () => Promise<void> {
  const { context, worker, targets, durability, pace, log, onMessage } = deps;
  if (targets.webhookUrl === undefined && targets.heartbeatUrl === undefined) return () => Promise.resolve();
  return startAlerting(
    {
      redis: context.redis,
      worker,
      read: (known) => readFacts(context, durability, known),
      targets,
      log,
      onMessage,
    },
    (err) => log.warn({ err }, "looking for what people should be told failed; it is tried again"),
    pace,
  );
}
