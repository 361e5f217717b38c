import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { apiGet, apiPost } from "../../api/client.ts";
import type { OffReason, PausedProcessor, ProcessorStatus, RemovedProcessor } from "../../api/types.ts";

const EVERY_MS = 5_000;

export function useProcessors() {
  return useQuery({
    queryKey: ["processors"],
    queryFn: ({ signal }) => apiGet<readonly ProcessorStatus[]>("/processors", {}, signal),
    refetchInterval: EVERY_MS,
  });
}

/** Those that are part of a worker and do not run. */
export function useOff() {
  return useQuery({
    queryKey: ["processors", "off"],
    queryFn: ({ signal }) => apiGet<readonly OffReason[]>("/processors/off", {}, signal),
    refetchInterval: EVERY_MS,
  });
}

/** Pause, resume and remove; the lists show what came of it at once. */
export function useProcessorActions(processor: string) {
  const client = useQueryClient();
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ["processors"] });
    await client.invalidateQueries({ queryKey: ["overview"] });
  };
  const path = (verb: string) => `/processors/${encodeURIComponent(processor)}/${verb}`;
  return {
    pause: useMutation({
      mutationFn: (why: string) => apiPost<PausedProcessor>(path("pause"), { why }),
      onSuccess: refresh,
    }),
    resume: useMutation({
      mutationFn: (why: string) => apiPost<unknown>(path("resume"), { why }),
      onSuccess: refresh,
    }),
    remove: useMutation({
      mutationFn: (why: string) => apiPost<RemovedProcessor>(path("remove"), { why }),
      onSuccess: refresh,
    }),
  };
}
