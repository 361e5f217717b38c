import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { apiGet } from "../../api/client.ts";
import type { EventDetails, EventPage } from "../../api/types.ts";
import { useOverview } from "../overview/queries.ts";
import type { EventFilter } from "./event-filter.ts";

export const PAGE_SIZE = 50;

/** A page of the inbox, the newest first. */
export function useEvents(filter: EventFilter, before: string | undefined) {
  return useQuery({
    queryKey: ["events", "page", filter, before],
    queryFn: ({ signal }) => apiGet<EventPage>("/events", { ...filter, before, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
    // A list that moves while somebody reads it helps nobody: new ones are announced instead.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/**
 * How many events came since a list was read. Looks only when more were accepted than at the last look, and only at
 * what came since.
 *
 * @param newest the first event of the list; absent: looks for nothing
 */
export function useFresh(
  filter: EventFilter,
  newest: { readonly id: string; readonly receivedAt: number } | undefined,
) {
  const { data: overview } = useOverview();
  const accepted = overview?.inbox.accepted ?? 0;
  const from = Math.max(filter.from ?? 0, newest?.receivedAt ?? 0);
  const { data } = useQuery({
    queryKey: ["events", "fresh", filter, newest?.id, accepted],
    queryFn: ({ signal }) => apiGet<EventPage>("/events", { ...filter, from, limit: PAGE_SIZE }, signal),
    enabled: newest !== undefined,
    placeholderData: keepPreviousData,
  });
  if (newest === undefined || data === undefined) return { count: 0, isMore: false };
  const at = data.events.findIndex(({ id }) => id === newest.id);
  return {
    count: at === -1 ? data.events.length : at,
    isMore: at === -1 && data.events.length === PAGE_SIZE,
  };
}

/** Until everything has ended. */
const EVERY_MS = 3_000;

/** One event with all that became of it. */
export function useEvent(id: string) {
  return useQuery({
    queryKey: ["events", "one", id],
    queryFn: ({ signal }) => apiGet<EventDetails>(eventPath(id), {}, signal),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? EVERY_MS : false),
  });
}

/** What it says, or its body: only when somebody asks, and not kept when the page is left. */
export function usePrivatePart(id: string, part: "content" | "raw", wanted: boolean) {
  return useQuery({
    queryKey: ["events", "one", id, part],
    queryFn: ({ signal }) => apiGet<EventDetails>(eventPath(id), { [part]: 1 }, signal),
    enabled: wanted,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Of an event in the API. */
export function eventPath(id: string): string {
  return `/events/${encodeURIComponent(id)}`;
}

function isUnderWay({ inbox, processors }: EventDetails): boolean {
  return (
    (inbox !== null && inbox.state !== "dispatched") ||
    processors.some(({ state }) => state === "waiting" || state === "active" || state === "delayed")
  );
}
