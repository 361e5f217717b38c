import { useState } from "react";
import type { EventDetails } from "../../api/types.ts";
import { RawPanel } from "../../components/RawPanel.tsx";
import { usePrivatePart } from "./queries.ts";

/** The body as it came. */
export function EventRaw({ event }: { readonly event: EventDetails }) {
  const [open, setOpen] = useState(false);
  const { data, error, isFetching } = usePrivatePart(event.id, "raw", open);
  return (
    <RawPanel
      raw={data?.raw}
      error={error}
      isFetching={isFetching}
      open={open}
      onToggle={() => setOpen(!open)}
    />
  );
}
