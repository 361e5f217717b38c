import { useMutation } from "@tanstack/react-query";
import { apiPost } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import type { ErasePlan, EraseTarget, Erasure } from "../../api/types.ts";

/** Looks for what would be erased; goes through everything, so that it can take a while. */
export function usePlanErase() {
  return useMutation({ mutationFn: (target: EraseTarget) => apiPost<ErasePlan>("/erase/plan", { target }) });
}

export function useErase() {
  return useMutation({
    mutationFn: ({ target, why }: { readonly target: EraseTarget; readonly why: string }) =>
      apiPost<Erasure>("/erase", { target, why }),
    // Nothing that was read before may still be shown.
    onSuccess: () => {
      for (const key of ["events", "dead"]) queryClient.removeQueries({ queryKey: [key] });
      for (const key of ["audit", "overview"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
}
