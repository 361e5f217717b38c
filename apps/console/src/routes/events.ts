import { listEvents, showEvent } from "@misskeep/operations";
import { z } from "zod";
import { type Api, type ApiDeps, visitorOf } from "../api.ts";
import { answers, flag, limit, whole, word } from "../schemas/common.ts";
import { moment } from "../schemas/dead.ts";
import { eventDetails, eventPage } from "../schemas/event.ts";
import { withheld } from "../withhold.ts";

const read = { access: "read" } as const;
const params = z.object({ id: word });

export function serveEvents(api: Api, { context }: ApiDeps): void {
  api.get(
    "/api/events",
    {
      config: read,
      schema: {
        summary: "Events of the inbox, newest first",
        querystring: z.strictObject({
          limit: limit(50),
          before: word.optional(),
          type: word.optional(),
          hook: word.optional(),
          person: z.string().min(1).max(400).optional(),
          from: moment.optional(),
          to: moment.optional(),
          scan: whole(1, 20_000).optional(),
        }),
        response: answers(eventPage),
      },
    },
    ({ query }) => listEvents(context, query),
  );

  api.get(
    "/api/events/:id",
    {
      config: read,
      schema: {
        summary:
          "Everything known of an event; its body and private content if asked for, and not for those who may only look",
        params,
        querystring: z.strictObject({ raw: flag, content: flag }),
        response: answers(eventDetails),
      },
    },
    async (request) => {
      const { raw } = request.query;
      const details = await showEvent(context, request.params.id, { raw, content: true });
      return withheld(visitorOf(request), request.query, details);
    },
  );
}
