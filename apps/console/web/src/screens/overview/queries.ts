import { useQuery } from "@tanstack/react-query";
import { apiGet } from "../../api/client.ts";
import type { Diagnosis, Overview, Series, SeriesSpan } from "../../api/types.ts";

/** How everything is. Comes by itself every other second; asked for only where that has not begun. */
export function useOverview() {
  return useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => apiGet<Overview>("/overview", {}, signal),
  });
}

export function useDoctor() {
  return useQuery({
    queryKey: ["doctor"],
    queryFn: ({ signal }) => apiGet<Diagnosis>("/doctor", {}, signal),
    refetchInterval: 60_000,
  });
}

/** As often as a new point can have come. */
const EVERY_MS = { hour: 10_000, day: 60_000 } as const;

export function useSeries(span: SeriesSpan) {
  return useQuery({
    queryKey: ["series", span],
    queryFn: ({ signal }) => apiGet<Series>("/series", { span }, signal),
    refetchInterval: EVERY_MS[span],
  });
}
