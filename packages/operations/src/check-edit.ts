import { type DeliveryFacts, type Mismatch, parseEvent } from "@misskeep/schema";
import type { Context } from "./context.ts";
import { requireDeadLetter } from "./require-dead-letter.ts";

/** As ingest's own default limit. */
const MOST_BYTES = 8 * 1024 * 1024;

export interface EditCheck {
  /** Whether it can be run. */
  readonly ok: boolean;
  /** Where the body differs from its event's schema. Of one that can be run: what its processor will not see. */
  readonly mismatches: readonly Mismatch[];
}

/**
 * Says whether a dead letter's body, changed by a person, fits the schema of its event.
 *
 * @param body the whole delivery as JSON text, envelope included
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `DEAD_LETTER_NOT_FOUND`
 */
export async function checkEdit(
  context: Context,
  processor: string,
  id: string,
  body: string,
): Promise<EditCheck> {
  const { event } = await requireDeadLetter(context, processor, id);
  return checkBody(body, event.facts);
}

function checkBody(body: string, facts: DeliveryFacts): EditCheck {
  const refuse = (message: string): EditCheck => ({ ok: false, mismatches: [{ path: "", message }] });
  if (Buffer.byteLength(body) > MOST_BYTES) return refuse("expected at most 8 MiB");
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // The parser's own message quotes the body.
    return refuse("expected JSON");
  }
  const { ok, mismatches } = parseEvent(json, facts);
  return { ok, mismatches };
}
