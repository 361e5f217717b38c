import { useState } from "react";
import type { EventDetails } from "../../api/types.ts";
import { EventContentCard } from "./EventContentCard.tsx";
import { usePrivatePart } from "./queries.ts";

/** What an event says: at once where it is public, else when somebody asks, and not kept when the page is left. */
export function EventContentPanel({ event }: { readonly event: EventDetails }) {
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching } = usePrivatePart(event.id, "content", asked);
  return (
    <EventContentCard
      shown={data ?? event}
      onAsk={() => setAsked(true)}
      isAsking={isFetching}
      error={error}
    />
  );
}
