import { discardDead, listDiscarded, recoverDead } from "@misskeep/operations";
import { z } from "zod";
import { actorOf, type Api, type ApiDeps, requireCount } from "../api.ts";
import { answers, cursor, jobIds, limit, list, why, whyGiven, word } from "../schemas/common.ts";
import { discardedPage } from "../schemas/dead.ts";

const read = { access: "read" } as const;
const change = { access: "change" } as const;

/** Dead letters that are put away, and back. */
export function serveDiscarded(api: Api, { context }: ApiDeps): void {
  api.get(
    "/api/dead/discarded",
    {
      config: read,
      schema: {
        summary: "Dead letters that were put away, the last first",
        querystring: z.strictObject({ processor: word.optional(), limit: limit(50), cursor }),
        response: answers(discardedPage),
      },
    },
    ({ query }) => listDiscarded(context, query),
  );

  api.post(
    "/api/dead/discard",
    {
      config: change,
      schema: {
        summary:
          "Put some dead letters away; recoverable for 7 days; needs the count, as a person typed it in",
        body: z.strictObject({ processor: word, ids: jobIds, why: whyGiven, count: z.number().int() }),
        response: answers(z.object({ discarded: list(z.string()), notDead: list(z.string()) })),
      },
    },
    (request) => {
      const { processor, ids, why: reason, count } = request.body;
      requireCount(count, new Set(ids).size);
      return discardDead(context, processor, ids, actorOf(request, reason));
    },
  );

  api.post(
    "/api/dead/recover",
    {
      config: change,
      schema: {
        summary: "Make discarded letters dead letters again",
        body: z.strictObject({ processor: word, ids: jobIds, why: why.default("") }),
        response: answers(z.object({ recovered: list(z.string()), notDiscarded: list(z.string()) })),
      },
    },
    (request) => {
      const { processor, ids, why: reason } = request.body;
      return recoverDead(context, processor, ids, actorOf(request, reason));
    },
  );
}
