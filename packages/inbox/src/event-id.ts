import { SHARD } from "@misskeep/redis";

/** `<shard>-<ms>-<seq>`, such as `0-1795485891939-0`: the shard and the id in its stream. */
export type EventId = string;

/** The shard is part of the id because two streams do hand out equal ids. */
export function toEventId(streamId: string): EventId {
  return `${SHARD}-${streamId}`;
}

/**
 * The stream id within an event id.
 *
 * @returns undefined if the text is no event id of a shard that exists
 */
export function toStreamId(eventId: EventId): string | undefined {
  const match = /^(\d+)-(\d{1,15}-\d{1,15})$/.exec(eventId);
  return match?.[1] === SHARD ? match[2] : undefined;
}
