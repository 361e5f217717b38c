import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet, apiPost, toUrl } from "./client.ts";
import type {
  DeadFilter,
  DeadGroup,
  DeadGroupState,
  DeadLetterDetails,
  DeadLetterPage,
  DeadSort,
  DiscardedLetter,
} from "./types.ts";

export const PAGE_SIZE = 50;

/** Everything about dead letters is asked for again after one was changed. */
export const DEAD = ["dead"] as const;

export interface DeadListRequest {
  readonly filter: DeadFilter;
  readonly sort: DeadSort;
  readonly cursor?: string | undefined;
}

export const groupsQuery = (filter: { processor?: string | undefined; state?: DeadGroupState | undefined }) =>
  queryOptions({
    queryKey: [...DEAD, "groups", filter],
    queryFn: ({ signal }) => apiGet<readonly DeadGroup[]>("/dead/groups", filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const groupQuery = (group: string) =>
  queryOptions({
    queryKey: [...DEAD, "group", group],
    queryFn: ({ signal }) => apiGet<DeadGroup>(`/dead/groups/${encodeURIComponent(group)}`, {}, signal),
    refetchInterval: 10_000,
  });

/**
 * A page of letters, collected piece by piece where a condition is looked for in the letters themselves: each answer
 * holds those that were found, says how many letters were looked at, and where to go on.
 */
export const lettersQuery = ({ filter, sort, cursor }: DeadListRequest) =>
  infiniteQueryOptions({
    queryKey: [...DEAD, "letters", filter, sort, cursor],
    queryFn: ({ pageParam, signal }) =>
      apiGet<DeadLetterPage>("/dead", { ...filter, sort, ...pageParam }, signal),
    initialPageParam: { cursor, limit: PAGE_SIZE },
    getNextPageParam: ({ next }, pages) => {
      const found = pages.reduce((sum, { letters }) => sum + letters.length, 0);
      return next === null || found >= PAGE_SIZE ? undefined : { cursor: next, limit: PAGE_SIZE - found };
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** @param show.content what the event says; @param show.raw its body. Both only for those who may. */
export const letterQuery = (
  processor: string,
  id: string,
  show: { readonly raw?: boolean; readonly content?: boolean } = {},
) =>
  queryOptions({
    queryKey: [...DEAD, "letter", processor, id, show],
    queryFn: ({ signal }) =>
      apiGet<DeadLetterDetails>(
        letterPath(processor, id),
        { ...(show.raw ? { raw: 1 } : {}), ...(show.content ? { content: 1 } : {}) },
        signal,
      ),
  });

export const discardedQuery = (request: { processor?: string | undefined; cursor?: string | undefined }) =>
  queryOptions({
    queryKey: [...DEAD, "discarded", request],
    queryFn: ({ signal }) =>
      apiGet<{
        readonly total: number;
        readonly letters: readonly DiscardedLetter[];
        readonly next: string | null;
      }>("/dead/discarded", { ...request, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });

/** Where all letters that a filter matches can be downloaded, a line each. */
export const exportUrl = (filter: DeadFilter) => toUrl("/dead/export", { ...filter });

export const replayLetters = (processor: string, ids: readonly string[]) =>
  apiPost<{ readonly replayed: readonly string[]; readonly notDead: readonly string[] }>("/dead/replay", {
    processor,
    ids,
  });

export const discardLetters = (processor: string, ids: readonly string[], why: string) =>
  apiPost<{ readonly discarded: readonly string[]; readonly notDead: readonly string[] }>("/dead/discard", {
    processor,
    ids,
    why,
    count: ids.length,
  });

export const recoverLetters = (processor: string, ids: readonly string[]) =>
  apiPost<{ readonly recovered: readonly string[]; readonly notDiscarded: readonly string[] }>(
    "/dead/recover",
    { processor, ids },
  );

export const checkEdit = (processor: string, id: string, body: string) =>
  apiPost<{
    readonly ok: boolean;
    readonly mismatches: readonly { readonly path: string; readonly message: string }[];
  }>(`${letterPath(processor, id)}/check-edit`, { body });

export const editLetter = (processor: string, id: string, body: string, why: string) =>
  apiPost<{ readonly child: string }>(`${letterPath(processor, id)}/edit`, { body, why });

export const changeGroup = (
  group: string,
  change: "resolve" | "reopen" | "mute",
  body: { readonly why: string; readonly until?: number | null },
) => apiPost<DeadGroup>(`/dead/groups/${encodeURIComponent(group)}/${change}`, body);

/** Of a dead letter in the API. */
export function letterPath(processor: string, id: string): string {
  return `/dead/letters/${encodeURIComponent(processor)}/${encodeURIComponent(id)}`;
}
