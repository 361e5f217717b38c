import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type DeadListRequest, lettersQuery } from "../../api/dead.ts";
import type { DeadLetterSummary } from "../../api/types.ts";

/**
 * The letters of a page. While a search has not filled it, the next piece is asked for by itself, until somebody
 * stops it.
 */
export function useLetters(request: DeadListRequest) {
  const query = useInfiniteQuery(lettersQuery(request));
  const { data, hasNextPage, isFetching, isPlaceholderData, fetchNextPage, error } = query;
  const wanted = JSON.stringify(request);
  const [stopped, setStopped] = useState<string | null>(null);
  const isStopped = stopped === wanted;
  const goesOn = hasNextPage && !isPlaceholderData && !isStopped && error === null;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const pages = data?.pages;
  const last = pages?.at(-1);
  return {
    error,
    refetch: query.refetch,
    isStale: isPlaceholderData,
    letters: pages?.flatMap(({ letters }) => letters) satisfies DeadLetterSummary[] | undefined,
    /** Of all letters that were asked for. */
    total: last?.total ?? 0,
    /** null: nobody counted. */
    matching: last?.matching ?? null,
    next: last?.next ?? null,
    search: {
      pieces: pages?.length ?? 0,
      // Where two processors' letters are merged, a piece may begin with what the one before looked ahead at.
      scanned: Math.min(last?.total ?? 0, pages?.reduce((sum, page) => sum + page.scanned, 0) ?? 0),
      isRunning: goesOn,
      isUnfinished: hasNextPage,
      stop: () => setStopped(wanted),
      goOn: () => setStopped(null),
    },
  };
}
