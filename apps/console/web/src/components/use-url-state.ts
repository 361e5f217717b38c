import { useLocation, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";

interface Depth {
  /** How many pages of this list one came through; so many steps back lead to its first. */
  readonly depth?: number;
}

/**
 * Filters and the place in a list live in the address, so that it can be kept, sent and gone back to.
 *
 * A changed filter starts the list again; it replaces the address while somebody types.
 */
export function useUrlState() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const depth = useHistoryState<Depth | null>()?.depth ?? 0;
  const go = (params: URLSearchParams, options: { replace?: boolean; state?: Depth }) => {
    const text = params.toString();
    navigate(text === "" ? path : `${path}?${text}`, options);
  };
  return {
    get: (key: string) => search.get(key) ?? undefined,
    /** Absent and empty values are left out. */
    set: (changes: Readonly<Record<string, string | undefined>>, options: { replace?: boolean } = {}) => {
      const next = new URLSearchParams(search);
      next.delete("cursor");
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined || value === "") next.delete(key);
        else next.set(key, value);
      }
      go(next, { replace: options.replace ?? false });
    },
    clear: () => go(new URLSearchParams(), {}),
    cursor: search.get("cursor") ?? undefined,
    next: (cursor: string) => {
      const params = new URLSearchParams(search);
      params.set("cursor", cursor);
      go(params, { state: { depth: depth + 1 } });
    },
    /** Back to the page before; to the first one for somebody who came by the address. */
    previous: () => {
      if (depth > 0) return history.back();
      const params = new URLSearchParams(search);
      params.delete("cursor");
      go(params, { replace: true });
    },
  };
}
