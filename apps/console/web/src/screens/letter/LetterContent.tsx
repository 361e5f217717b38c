import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { letterQuery } from "../../api/dead.ts";
import type { DeadLetterDetails } from "../../api/types.ts";
import { EventContentCard } from "../events/EventContentCard.tsx";

/** What the event says: at once where it is public, else when somebody asks, and not kept when the page is left. */
export function LetterContent({ letter }: { readonly letter: DeadLetterDetails }) {
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching } = useQuery({
    ...letterQuery(letter.processor, letter.id, { content: true }),
    enabled: asked,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <EventContentCard
      shown={data ?? letter}
      onAsk={() => setAsked(true)}
      isAsking={isFetching}
      error={error}
    />
  );
}
