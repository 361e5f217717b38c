import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./client.ts";
import type { Overview } from "./types.ts";

/** Everything at one look. The stream of live figures keeps it fresh; it is asked for once, and after a trouble. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => apiGet<Overview>("/overview", {}, signal),
  staleTime: 10_000,
});
