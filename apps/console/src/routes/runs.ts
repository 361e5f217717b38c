import {
  cancelRun,
  listRunItems,
  listRuns,
  pauseRun,
  planRun,
  resumeRun,
  showRun,
  startRun,
} from "@misskeep/operations";
import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { actorOf, type Api, type ApiDeps, requireCount } from "../api.ts";
import { answers, cursor, limit, why, word } from "../schemas/common.ts";
import { run, runItems, runItemState, runPage, runPlan, runRequest, runScope } from "../schemas/run.ts";

const read = { access: "read" } as const;
const change = { access: "change" } as const;
const params = z.object({ id: word });

export function serveRuns(api: Api, { context }: ApiDeps): void {
  api.post(
    "/api/runs/plan",
    {
      config: change,
      schema: {
        summary: "What a run would do; changes nothing",
        body: z.strictObject({ scope: runScope }),
        response: answers(runPlan),
      },
    },
    ({ body }) => planRun(context, body.scope),
  );

  api.post(
    "/api/runs",
    {
      config: change,
      schema: {
        summary: "Start a run as it was planned; one that discards needs the count, as a person typed it in",
        body: z.strictObject({
          request: runRequest,
          why: why.default(""),
          count: z.number().int().optional(),
        }),
        response: answers(run),
      },
    },
    (request) => {
      const { request: wanted, why: reason, count } = request.body;
      if (wanted.scope.kind === "discard" && reason === "")
        throw new ApiError(400, "INVALID_REQUEST", "The body is wrong. why: say why");
      if (count !== undefined || wanted.scope.kind === "discard")
        requireCount(count ?? Number.NaN, wanted.total);
      return startRun(context, wanted, actorOf(request, reason));
    },
  );

  api.get(
    "/api/runs",
    {
      config: read,
      schema: {
        summary: "Runs, newest first",
        querystring: z.strictObject({ processor: word.optional(), limit: limit(50), cursor }),
        response: answers(runPage),
      },
    },
    ({ query }) => listRuns(context, query),
  );

  api.get(
    "/api/runs/:id",
    { config: read, schema: { summary: "A run", params, response: answers(run) } },
    ({ params: { id } }) => showRun(context, id),
  );

  api.get(
    "/api/runs/:id/items",
    {
      config: read,
      schema: {
        summary: "What became of a run's jobs",
        params,
        querystring: z.strictObject({ state: runItemState.optional(), limit: limit(100), cursor }),
        response: answers(runItems),
      },
    },
    ({ params: { id }, query }) => listRunItems(context, id, query),
  );

  const steering = [
    ["pause", "Let a run wait", pauseRun],
    ["resume", "Let a run go on", resumeRun],
    ["cancel", "End a run; what it has done stays", cancelRun],
  ] as const;
  for (const [name, summary, verb] of steering) {
    api.post(
      `/api/runs/:id/${name}`,
      {
        config: change,
        schema: { summary, params, body: z.strictObject({ why: why.default("") }), response: answers(run) },
      },
      (request) => verb(context, request.params.id, actorOf(request, request.body.why)),
    );
  }
}
