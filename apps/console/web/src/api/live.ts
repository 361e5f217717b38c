import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryClient } from "./query-client.ts";
import type { Overview, Trouble } from "./types.ts";
import { whileSeen } from "./while-seen.ts";

const RECONNECT_MS = 3_000;

/**
 * Listens to `/api/live` while somebody is signed in and looks, and puts what comes where the screens look:
 *
 * | event | query |
 * |---|---|
 * | `overview` | `["overview"]` |
 * | `trouble` | `["trouble"]`, until figures come again; then everything is asked for afresh |
 *
 * A tab that nobody sees holds no connection: without HTTP/2 a browser allows six to a host, for all tabs together.
 * What went out of date meanwhile is asked for again when the tab is seen (query-client.ts).
 */
export function useLive(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return;
    const end = whileSeen(document, listen);
    return () => {
      end();
      queryClient.setQueryData(["trouble"], null);
    };
  }, [signedIn]);
}

/** @returns closes the connection */
function listen(): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource("/api/live");
    source.addEventListener("overview", (event) => {
      const before = queryClient.getQueryData<Overview>(["overview"])?.dead.total;
      put(["overview"], event);
      setTrouble(null);
      if (queryClient.getQueryData<Overview>(["overview"])?.dead.total !== before) refreshGroups();
    });
    source.addEventListener("trouble", (event) => {
      setTrouble(JSON.parse(event.data as string) as Trouble);
    });
    source.addEventListener("error", () => {
      setTrouble({ code: "UNREACHABLE", message: "The console does not answer." });
      // The browser connects again by itself after a cut, but not after a refusal.
      if (source?.readyState === EventSource.CLOSED) {
        void queryClient.invalidateQueries({ queryKey: ["session"] });
        timer = setTimeout(connect, RECONNECT_MS);
      }
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** What keeps live figures from coming. */
export function useTrouble(): Trouble | null {
  const { data } = useQuery<Trouble | null>({
    queryKey: ["trouble"],
    queryFn: () => null,
    enabled: false,
    initialData: null,
  });
  return data;
}

/** Lists of letters stand still while somebody works with them; they say that they are old. */
function refreshGroups(): void {
  void queryClient.invalidateQueries({ queryKey: ["dead", "groups"] });
  void queryClient.invalidateQueries({ queryKey: ["dead", "group"] });
}

function put(queryKey: readonly string[], event: MessageEvent): void {
  queryClient.setQueryData(queryKey, JSON.parse(event.data as string) as unknown);
}

function setTrouble(trouble: Trouble | null): void {
  const before = queryClient.getQueryData<Trouble | null>(["trouble"]) ?? null;
  if (before === null && trouble === null) return;
  queryClient.setQueryData(["trouble"], trouble);
  // What failed meanwhile, or went out of date, comes right by itself.
  if (trouble === null) {
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "trouble" });
  }
}
