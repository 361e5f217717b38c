import { erase, planErase } from "@misskeep/operations";
import { z } from "zod";
import { actorOf, type Api, type ApiDeps } from "../api.ts";
import { answers, whyGiven } from "../schemas/common.ts";
import { erasePlan, eraseTarget, erasure } from "../schemas/erase.ts";

const change = { access: "change" } as const;

/** Content that somebody wants forgotten. Both go through everything, so that they can take a while. */
export function serveErase(api: Api, { context }: ApiDeps): void {
  api.post(
    "/api/erase/plan",
    {
      config: change,
      schema: {
        summary: "How much holds a person's or a note's content; changes nothing",
        body: z.strictObject({ target: eraseTarget }),
        response: answers(erasePlan),
      },
    },
    ({ body }) => planErase(context, body.target),
  );

  api.post(
    "/api/erase",
    {
      config: change,
      schema: {
        summary: "Erase a person's or a note's content everywhere; ids and keys stay",
        body: z.strictObject({ target: eraseTarget, why: whyGiven }),
        response: answers(erasure),
      },
    },
    (request) => erase(context, request.body.target, actorOf(request, request.body.why)),
  );
}
