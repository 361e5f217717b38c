import { isUtf8 } from "node:buffer";
import type { InboxEntry } from "@misskeep/inbox";
import type { LoadedEvent } from "@misskeep/queue";
import { type DeliveryFacts, describe, eventTypeOf, type MisskeyEvent, parseEvent } from "@misskeep/schema";

/** One event, without anything private: no text, no content warning, no body. Plain JSON. */
export interface EventSummary {
  readonly id: string;
  /** ms since 1970 */
  readonly receivedAt: number;
  readonly hook: string;
  /** null where the body says none. Whatever string the sender chose. */
  readonly type: string | null;
  /** One sentence; names of users are in it. */
  readonly sentence: string;
  /** The same in Japanese. */
  readonly sentenceJa: string;
  /** Whether Misskey's test button made it. */
  readonly isTest: boolean;
  /** The sending server's host, as its header says. */
  readonly host: string | null;
  readonly bytes: number;
}

/** What Misskey itself says of an event. Plain JSON. */
export interface MisskeyFacts {
  /** Misskey's id of this event on this hook. */
  readonly eventId: string | null;
  /** Origin of the sending server. */
  readonly server: string | null;
  /** Misskey's id of the hook. */
  readonly hookId: string | null;
  /** The user whom the hook belongs to. */
  readonly ownerId: string | null;
  /** When Misskey enqueued it, ms since 1970. */
  readonly createdAt: number | null;
}

/** The exact bytes of a body, as text where they are UTF-8. */
export type RawBody = { readonly utf8: string } | { readonly base64: string };

/** An event read for people. */
export interface ReadEvent {
  readonly summary: EventSummary;
  readonly misskey: MisskeyFacts;
  readonly raw: RawBody;
  /** The parsed body; undefined where it is no JSON. */
  readonly json: unknown;
  /** undefined where the body does not fit. */
  readonly event: MisskeyEvent | undefined;
  /** When its content was erased, ms since 1970. */
  readonly erased: number | undefined;
}

export function readEntry({ id, hook, receivedAt, meta, body }: InboxEntry): ReadEvent {
  const { hookId, host } = meta;
  const facts = {
    id,
    hook,
    receivedAt,
    ...(hookId === undefined ? {} : { hookId }),
    ...(host === undefined ? {} : { host }),
  };
  return read(facts, body, isUtf8(body) ? parseJson(body.toString("utf8")) : undefined);
}

export function readLoaded({ facts, raw, json, erased }: LoadedEvent): ReadEvent {
  return read(facts, raw, json, erased);
}

function read(facts: DeliveryFacts, body: Buffer, json: unknown, erased?: number): ReadEvent {
  const parsed = json === undefined ? undefined : parseEvent(json, facts);
  const event = parsed?.ok ? parsed.event : undefined;
  const type = eventTypeOf(json);
  return {
    summary: {
      id: facts.id,
      receivedAt: facts.receivedAt,
      hook: facts.hook,
      type: type ?? null,
      sentence: event ? describe(event) : MISFITS[misfit(json, type, erased)].en,
      sentenceJa: event ? describe(event, { language: "ja" }) : MISFITS[misfit(json, type, erased)].ja,
      isTest: event?.isTest ?? false,
      host: facts.host ?? null,
      bytes: body.length,
    },
    misskey: {
      eventId: event?.eventId ?? null,
      server: event?.server ?? null,
      hookId: event?.hook.id ?? facts.hookId ?? null,
      ownerId: event?.hook.ownerId ?? null,
      createdAt: event?.createdAt ?? null,
    },
    raw: isUtf8(body) ? { utf8: body.toString("utf8") } : { base64: body.toString("base64") },
    json,
    event,
    erased,
  };
}

const MISFITS = {
  erased: { en: "Its content was erased.", ja: "内容は消去されました。" },
  noJson: { en: "The body is no JSON.", ja: "本文が JSON ではありません。" },
  noType: { en: "JSON without a usable type.", ja: "種類を読み取れない JSON です。" },
  unfit: {
    en: "The body does not fit its type's schema.",
    ja: "本文が、その種類の形式に合いません。",
  },
} as const;

function misfit(json: unknown, type: string | undefined, erased: number | undefined): keyof typeof MISFITS {
  if (erased !== undefined) return "erased";
  if (json === undefined) return "noJson";
  return type === undefined ? "noType" : "unfit";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
