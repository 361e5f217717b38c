import { useQuery } from "@tanstack/react-query";
import { apiGet } from "../../api/client.ts";
import type { WorkerRecord } from "../../api/types.ts";

/** Workers say that they live each 5 s. */
const EVERY_MS = 5_000;

export function useWorkers() {
  return useQuery({
    queryKey: ["workers"],
    queryFn: ({ signal }) => apiGet<readonly WorkerRecord[]>("/workers", {}, signal),
    refetchInterval: EVERY_MS,
  });
}
