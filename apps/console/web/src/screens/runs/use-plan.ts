import { useQuery } from "@tanstack/react-query";
import { planRun, RUNS } from "../../api/runs.ts";
import type { RunScope } from "../../api/types.ts";

/** What a run would do, counted now; never an older answer. */
export function usePlan(scope: RunScope | null) {
  return useQuery({
    queryKey: [...RUNS, "plan", scope],
    queryFn: () => (scope ? planRun(scope) : Promise.reject(new Error("There is nothing to plan."))),
    enabled: scope !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
