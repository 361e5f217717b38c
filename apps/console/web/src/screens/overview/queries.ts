import { useQuery } from "@tanstack/react-query";
import { apiGet } from "../../api/client.ts";
import { overviewQuery } from "../../api/overview.ts";
import type { Diagnosis, Series, SeriesSpan } from "../../api/types.ts";

/** How everything is; the stream of live figures keeps it fresh. */
export function useOverview() {
  return useQuery(overviewQuery);
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
