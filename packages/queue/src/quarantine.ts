import { handled, ignored, PermanentError, QUARANTINE } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { writeJsonJob } from "./job-data.ts";
import type { Queues } from "./queues.ts";
import { route } from "./route.ts";
import type { Runnable } from "./runnable.ts";
import { listSubscriptions } from "./subscriptions.ts";

/** Why an event could not be dispatched. */
class Quarantined extends PermanentError {
  override readonly name = "Quarantined";
  override readonly code = "QUARANTINED";
}

/**
 * The built-in processor of what cannot be dispatched. It always ends an event as a dead letter, with its raw
 * bytes, for a person to see. Replayed, or with its body changed, the event is dispatched afresh: a breached pin no
 * longer counts then, since a person has decided; what still cannot be dispatched is dead again. With a changed body it
 * keeps the id of the edit: under the plain one a processor would get no more than the first of several.
 */
export function quarantine(deps: { readonly redis: Redis; readonly queues: Queues }): Runnable {
  return {
    name: QUARANTINE,
    retry: { attempts: 20, backoff: () => 1_000, maxAgeMs: 24 * 3_600_000 },
    timeoutMs: 30_000,
    concurrency: 4,
    async run(event, { replays }) {
      const { editOf, editedBy, editedAt } = event;
      if (replays === 0 && editOf === undefined)
        throw new Quarantined(event.reason ?? "It could not be dispatched.");
      const { hook, hookId, host, receivedAt, id } = event.facts;
      const afresh = { hook, body: event.raw, meta: { secretNumber: 0 } };
      const { queues, reason, text } = route(afresh, await listSubscriptions(deps.redis));
      if (reason !== undefined) throw new Quarantined(reason);
      if (queues.length === 0) return ignored("no processor wants its type");
      const facts = {
        hook,
        receivedAt,
        ...(hookId === undefined ? {} : { hookId }),
        ...(host === undefined ? {} : { host }),
        ...(editOf === undefined ? {} : { editOf }),
        ...(editedBy === undefined ? {} : { editedBy }),
        ...(editedAt === undefined ? {} : { editedAt }),
      };
      const jobId = editOf === undefined ? id : event.jobId;
      const data = writeJsonJob(facts, text);
      for (const name of queues) await deps.queues.get(name).addEvents([{ id: jobId, data }]);
      return handled(`dispatched to ${queues.join(", ")}`);
    },
  };
}
