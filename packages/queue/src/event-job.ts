import type { InboxEntry } from "@misskeep/inbox";
import type { DeliveryFacts } from "@misskeep/schema";
import { type EventJobData, type JobFacts, parseJson } from "./job-data.ts";

/** @param reason only for quarantine */
export function toJobFacts({ hook, receivedAt, meta }: InboxEntry, reason?: string): JobFacts {
  return {
    hook,
    receivedAt,
    ...(meta.hookId === undefined ? {} : { hookId: meta.hookId }),
    ...(meta.host === undefined ? {} : { host: meta.host }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** An event as a run gets it. */
export interface LoadedEvent {
  /** The event's id, with `~<run>` for a backfill or an edited replay. */
  readonly jobId: string;
  readonly facts: DeliveryFacts;
  /** The exact bytes that Misskey sent, or a person made of them; none once they are erased. */
  readonly raw: Buffer;
  /** The parsed body; undefined where it is no JSON in UTF-8, and once it is erased. */
  readonly json: unknown;
  /** In quarantine: why the event could not be dispatched. */
  readonly reason?: string;
  /** When its content was erased, ms since 1970. */
  readonly erased?: number;
  /** A person changed the body: the job id of the dead letter that it was, there or in quarantine. */
  readonly editOf?: string;
  readonly editedBy?: string;
  /** ms since 1970 */
  readonly editedAt?: number;
}

/** The one place that reads an event out of a job. */
export function loadEvent(job: { readonly id: string; readonly data: EventJobData }): LoadedEvent {
  const { hook, receivedAt, hookId, host, body, base64, reason, erased, editOf, editedBy, editedAt } =
    job.data;
  const { json = body === undefined ? undefined : parseJson(body) } = job.data;
  return {
    jobId: job.id,
    facts: {
      id: eventIdOf(job.id),
      hook,
      receivedAt,
      ...(hookId === undefined ? {} : { hookId }),
      ...(host === undefined ? {} : { host }),
    },
    // Few ask for it.
    get raw() {
      return body === undefined ? Buffer.from(base64 ?? "", "base64") : Buffer.from(body, "utf8");
    },
    json,
    ...(reason === undefined ? {} : { reason }),
    ...(erased === undefined ? {} : { erased }),
    ...(editOf === undefined ? {} : { editOf }),
    ...(editedBy === undefined ? {} : { editedBy }),
    ...(editedAt === undefined ? {} : { editedAt }),
  };
}

/** What becomes of a job whose content is gone when it runs. */
export const ERASED = "its content was erased";

export function eventIdOf(jobId: string): string {
  return jobId.split("~", 1)[0] ?? jobId;
}

/** `<event id>:<processor>`, with `~<run>` for a backfill or an edited replay. */
export function idempotencyKeyOf(jobId: string, processor: string): string {
  const [eventId = jobId, run] = jobId.split("~", 2);
  return `${eventId}:${processor}${run === undefined ? "" : `~${run}`}`;
}
