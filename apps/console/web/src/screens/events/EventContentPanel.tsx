import { useState } from "react";
import type { EventDetails } from "../../api/types.ts";
import { EventContentCard } from "./EventContentCard.tsx";
import { usePrivatePart } from "./queries.ts";

/** What an event says: at once where it is public, else when somebody asks. */
export function EventContentPanel({ event }: { readonly event: EventDetails }) {
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching } = usePrivatePart(event.id, "content", asked);
  return (
    <EventContentCard
      content={data ? data.content : event.content}
      onAsk={() => setAsked(true)}
      isAsking={isFetching}
      error={error}
    />
  );
}
