import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/** What the page knows. A refusal is not asked for again; what did not arrive is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
      // A tab that nobody saw heard of no change (live.ts).
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** Nobody is signed in any more: the page goes back to the door, and forgets what it showed. */
export function endSession(): void {
  queryClient.setQueryData(["session"], null);
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}
