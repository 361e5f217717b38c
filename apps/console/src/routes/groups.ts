import { listGroups, muteGroup, reopenGroup, resolveGroup, showGroup } from "@misskeep/operations";
import { z } from "zod";
import { actorOf, type Api, type ApiDeps } from "../api.ts";
import { answers, list, why, word } from "../schemas/common.ts";
import { deadGroup } from "../schemas/dead.ts";

const read = { access: "read" } as const;
const change = { access: "change" } as const;
const params = z.object({ group: word });

/** Dead letters that failed alike. */
export function serveGroups(api: Api, { context }: ApiDeps): void {
  api.get(
    "/api/dead/groups",
    {
      config: read,
      schema: {
        summary: "Dead letters by how they failed, problems first",
        querystring: z.strictObject({
          processor: word.optional(),
          state: z.enum(["open", "resolved", "reopened"]).optional(),
        }),
        response: answers(list(deadGroup)),
      },
    },
    ({ query }) => listGroups(context, query),
  );

  api.get(
    "/api/dead/groups/:group",
    { config: read, schema: { summary: "A group of dead letters", params, response: answers(deadGroup) } },
    ({ params: { group } }) => showGroup(context, group),
  );

  const verbs = [
    ["resolve", "Take a group for resolved, until something dies in it again", resolveGroup],
    ["reopen", "Take a group for open again", reopenGroup],
  ] as const;
  for (const [name, summary, verb] of verbs) {
    api.post(
      `/api/dead/groups/:group/${name}`,
      {
        config: change,
        schema: {
          summary,
          params,
          body: z.strictObject({ why: why.default("") }),
          response: answers(deadGroup),
        },
      },
      (request) => verb(context, request.params.group, actorOf(request, request.body.why)),
    );
  }

  api.post(
    "/api/dead/groups/:group/mute",
    {
      config: change,
      schema: {
        summary: "No alerts about a group until then; null or absent: alerts again",
        params,
        body: z.strictObject({
          why: why.default(""),
          until: z.number().int().min(0).nullable().default(null),
        }),
        response: answers(deadGroup),
      },
    },
    (request) => {
      const { until, why: reason } = request.body;
      return muteGroup(context, request.params.group, until, actorOf(request, reason));
    },
  );
}
