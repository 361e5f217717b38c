import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/** What the page knows. A refusal is not asked for again; what did not arrive is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
      // The stream of live figures says when something changed.
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
