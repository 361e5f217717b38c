import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet, apiPost } from "./client.ts";
import type { Run, RunItem, RunItemState, RunPlan, RunRequest, RunScope, RunState } from "./types.ts";

export const RUNS = ["runs"] as const;
const ENDED: ReadonlySet<RunState> = new Set(["done", "cancelled"]);
const PAGE_SIZE = 50;

/** Whether nothing will happen in it any more. */
export function hasEnded({ state }: Pick<Run, "state">): boolean {
  return ENDED.has(state);
}

export const runsQuery = (request: { processor?: string | undefined; cursor?: string | undefined }) =>
  queryOptions({
    queryKey: [...RUNS, "list", request],
    queryFn: ({ signal }) =>
      apiGet<{ readonly runs: readonly Run[]; readonly next: string | null }>(
        "/runs",
        { ...request, limit: PAGE_SIZE },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.runs.some((run) => !hasEnded(run)) ? 2_000 : 15_000),
  });

/** While it goes on; what its jobs become can change for a while after its end. */
const BUSY_MS = 1_000;
const IDLE_MS = 15_000;

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...RUNS, "run", id],
    queryFn: ({ signal }) => apiGet<Run>(`/runs/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: ({ state }) => (isMoving(state.data) ? BUSY_MS : IDLE_MS),
  });

export const runItemsQuery = (
  run: Run,
  request: { state?: RunItemState | undefined; cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: [...RUNS, "items", run.id, request],
    queryFn: ({ signal }) =>
      apiGet<{ readonly items: readonly RunItem[]; readonly next: string | null }>(
        `/runs/${encodeURIComponent(run.id)}/items`,
        { ...request, limit: PAGE_SIZE },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isMoving(run) ? 2 * BUSY_MS : IDLE_MS,
  });

export const planRun = (scope: RunScope) => apiPost<RunPlan>("/runs/plan", { scope });

/** @param count typed in, for a run that discards */
export const startRun = (request: RunRequest, why: string, count?: number) =>
  apiPost<Run>("/runs", { request, why, ...(count === undefined ? {} : { count }) });

export const changeRun = (id: string, change: "pause" | "resume" | "cancel", why: string) =>
  apiPost<Run>(`/runs/${encodeURIComponent(id)}/${change}`, { why });

function isMoving(run: Run | undefined): boolean {
  return run !== undefined && (run.state === "running" || run.state === "trying" || run.items.running > 0);
}
