import { checkEdit, editDead, exportDead, listDead, replayDead, showDead } from "@misskeep/operations";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { readOnly } from "../access/guard.ts";
import { actorOf, type Api, type ApiDeps, visitorOf } from "../api.ts";
import { toNdjson } from "../ndjson.ts";
import { withheld } from "../withhold.ts";
import { answers, flag, jobIds, list, refusal, why, word } from "../schemas/common.ts";
import { deadLetterDetails, deadLetterPage, deadFilterQuery, deadQuery } from "../schemas/dead.ts";

const read = { access: "read" } as const;
const change = { access: "change" } as const;
const params = z.object({ processor: word, id: word });
/** A body of 8 MiB, every character of it escaped in JSON at worst. */
const EDIT_LIMIT = 50 * 1024 * 1024;
const editedBody = z
  .string()
  .min(1)
  .max(8 * 1024 * 1024);

export function serveDead(api: Api, { context }: ApiDeps): void {
  api.get(
    "/api/dead",
    {
      config: read,
      schema: {
        summary: "Dead letters that meet all conditions",
        querystring: deadQuery,
        response: answers(deadLetterPage),
      },
    },
    (request) => {
      const { sort, limit, cursor, scan, ...filter } = request.query;
      refuseSearch(request, filter);
      return listDead(context, { filter, sort, limit, cursor, scan });
    },
  );

  api.get(
    "/api/dead/export",
    {
      config: { access: "private" },
      schema: {
        summary: "Dead letters with their bodies, a line of JSON each, oldest first",
        querystring: deadFilterQuery,
        response: {
          200: { content: { "application/x-ndjson": { schema: z.string() } } },
          "4xx": refusal,
          "5xx": refusal,
        },
      },
    },
    async (request, reply) => {
      const lines = await toNdjson(exportDead(context, request.query, actorOf(request, "")));
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("content-disposition", 'attachment; filename="dead-letters.ndjson"')
        .send(lines as unknown as string);
    },
  );

  api.get(
    "/api/dead/letters/:processor/:id",
    {
      config: read,
      schema: {
        summary:
          "A dead letter; its body and private content if asked for, and not for those who may only look",
        params,
        querystring: z.strictObject({ raw: flag, content: flag }),
        response: answers(deadLetterDetails),
      },
    },
    async (request) => {
      const { processor, id } = request.params;
      const { raw } = request.query;
      const details = await showDead(context, processor, id, { raw, content: true });
      return withheld(visitorOf(request), request.query, details);
    },
  );

  api.post(
    "/api/dead/replay",
    {
      config: change,
      schema: {
        summary: "Run some dead letters again at once; for many there are runs",
        body: z.strictObject({ processor: word, ids: jobIds, why: why.default("") }),
        response: answers(z.object({ replayed: list(z.string()), notDead: list(z.string()) })),
      },
    },
    (request) => {
      const { processor, ids, why: reason } = request.body;
      return replayDead(context, processor, ids, actorOf(request, reason));
    },
  );

  api.post(
    "/api/dead/letters/:processor/:id/check-edit",
    {
      config: change,
      bodyLimit: EDIT_LIMIT,
      schema: {
        summary: "Whether a changed body fits its event's schema; changes nothing",
        params,
        body: z.strictObject({ body: editedBody }),
        response: answers(
          z.object({
            ok: z.boolean(),
            mismatches: list(z.object({ path: z.string(), message: z.string() })),
          }),
        ),
      },
    },
    ({ params: { processor, id }, body }) => checkEdit(context, processor, id, body.body),
  );

  api.post(
    "/api/dead/letters/:processor/:id/edit",
    {
      config: change,
      bodyLimit: EDIT_LIMIT,
      schema: {
        summary: "Run a dead letter with a changed body; the letter stays as it is",
        params,
        body: z.strictObject({ body: editedBody, why: why.default("") }),
        response: answers(z.object({ child: z.string() })),
      },
    },
    (request) => {
      const { processor, id } = request.params;
      return editDead(context, processor, id, request.body.body, actorOf(request, request.body.why));
    },
  );
}

/**
 * Whether a text is found tells what private bodies say, word by word.
 *
 * @throws ApiError `READ_ONLY`
 */
export function refuseSearch(
  request: FastifyRequest,
  { text }: { readonly text?: string | undefined },
): void {
  if (text !== undefined && visitorOf(request).readonly) throw readOnly();
}
