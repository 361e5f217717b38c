import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { apiGet } from "../../api/client.ts";
import type { AuditPage } from "../../api/types.ts";

const PAGE_SIZE = 50;

export function useAudit(cursor: string | undefined) {
  return useQuery({
    queryKey: ["audit", cursor],
    queryFn: ({ signal }) => apiGet<AuditPage>("/audit", { cursor, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: cursor === undefined ? 10_000 : false,
  });
}
