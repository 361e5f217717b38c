/**
 * The events that the sender has to tell: real captures, each made an event of its own.
 *
 * | share | what | goes to |
 * |---|---|---|
 * | most | a capture with an event id of its own | every processor |
 * | 6 % | the same without an event id: known by its bytes alone | every processor |
 * | 1 % | an unknown type | every processor |
 * | 1 % | cut off half-way: no JSON | quarantine |
 * | 1 % | with a wrong secret | nobody: 401 |
 */
import { createHash } from "node:crypto";
import { capture, captures, type Capture } from "@misskeep/testkit";
import type { Random } from "./random.ts";

export type Kind = "plain" | "no-event-id" | "unknown-type" | "no-json" | "wrong-secret";

export interface FaultEvent {
  /** From 0, in order of their first sends. */
  readonly index: number;
  readonly kind: Kind;
  readonly capture: Capture;
  readonly body: Buffer;
  /** SHA-256 of the body, hex: what a job carries leads back to the event by it. */
  readonly digest: string;
}

/** Small ones: what is tried here is not bandwidth. */
const small = captures().filter(({ rawBody, type }) => rawBody.length < 4_000 && type !== undefined);
const quarantined = capture("note-plain-japanese");

/** @param without a kind in whose place plain ones come */
export function makeEvent(index: number, random: Random, without?: Kind): FaultEvent {
  const drawn = kindOf(random.int(0, 999));
  const kind = drawn === without ? "plain" : drawn;
  const chosen = kind === "no-json" || kind === "unknown-type" ? quarantined : random.pick(small);
  const body = bodyOf(kind, chosen.rawBody.toString("utf8"), index, random);
  const digest = createHash("sha256").update(body).digest("hex");
  return { index, kind, capture: chosen, body, digest };
}

function kindOf(draw: number): Kind {
  if (draw < 10) return "wrong-secret";
  if (draw < 20) return "no-json";
  if (draw < 30) return "unknown-type";
  return draw < 90 ? "no-event-id" : "plain";
}

function bodyOf(kind: Kind, text: string, index: number, random: Random): Buffer {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join("");
  // Also in the time, so that bodies without an event id differ, too.
  const own = replaced(text, /"createdAt":\d+/, `"createdAt":${1_764_000_000_000 + index}`);
  const id = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${String(index).padStart(12, "0")}`;
  const named = replaced(own, /"eventId":"[^"]+"/, `"eventId":"${id}"`);
  switch (kind) {
    case "no-event-id":
      return Buffer.from(replaced(own, /"eventId":"[^"]+",?/, ""));
    case "unknown-type":
      return Buffer.from(replaced(named, /"type":"note"/, '"type":"note@faults"'));
    case "no-json":
      return Buffer.from(named.slice(0, -1));
    default:
      return Buffer.from(named);
  }
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`A capture has no ${String(pattern)}`);
  return text.replace(pattern, () => by);
}
