import { useState } from "react";
import type { DeadLetterDetails } from "../../api/types.ts";
import { RawPanel } from "../../components/RawPanel.tsx";
import { useRaw } from "./use-raw.ts";

/** The body as it is run. */
export function LetterRaw({ letter }: { readonly letter: DeadLetterDetails }) {
  const [open, setOpen] = useState(false);
  const { raw, error, isFetching } = useRaw(letter, open);
  return (
    <RawPanel raw={raw} error={error} isFetching={isFetching} open={open} onToggle={() => setOpen(!open)} />
  );
}
