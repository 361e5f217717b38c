import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { apiDelete, apiGet, apiPost } from "./client.ts";
import { endSession } from "./query-client.ts";
import type { Session } from "./types.ts";

/** Who is signed in; null: nobody. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => apiGet<Session | null>("/session", {}, signal),
    staleTime: 60_000,
  });
}

/** Whether this session may change things and see what is private. */
export function useMayChange(): boolean {
  const { data } = useSession();
  return data !== undefined && data !== null && !data.readonly;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (token: string) => {
      await apiPost("/session", { token });
      return apiGet<Session | null>("/session");
    },
    onSuccess: (session) => client.setQueryData(["session"], session),
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => apiDelete("/session"), onSuccess: endSession });
}
