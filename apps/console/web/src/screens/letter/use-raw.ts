import { useQuery } from "@tanstack/react-query";
import { letterQuery } from "../../api/dead.ts";
import type { DeadLetterDetails } from "../../api/types.ts";

/** A letter's body: fetched only when it is wanted, and not kept when the page is left. */
export function useRaw({ processor, id }: Pick<DeadLetterDetails, "processor" | "id">, wanted: boolean) {
  const { data, error, isFetching } = useQuery({
    ...letterQuery(processor, id, { raw: true }),
    enabled: wanted,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { raw: data?.raw, error, isFetching };
}
