import {
  type DeadLetterDetails,
  type EventDetails,
  type KnownDelivery,
  type RawBody,
  showDead,
  showEvent,
  toCurl,
  toFixture,
} from "@misskeep/operations";
import { z } from "zod";
import { ApiError } from "../api-error.ts";
import type { Api, ApiDeps } from "../api.ts";
import { refusal, answers, word } from "../schemas/common.ts";
import { fixture } from "../schemas/event.ts";

/** All of it holds the whole body. */
const config = { access: "private" } as const;
const ofEvent = z.object({ id: word });
const ofLetter = z.object({ processor: word, id: word });
const command = {
  200: { content: { "text/plain": { schema: z.string() } } },
  "4xx": refusal,
  "5xx": refusal,
};
const TEXT = "text/plain; charset=utf-8";

/** What came, to be taken elsewhere: as a file for tests, or as a command that delivers it again. */
export function serveDeliveries(api: Api, { context }: ApiDeps): void {
  const event = async (id: string): Promise<KnownDelivery> =>
    ofDetails(await showEvent(context, id, { raw: true }));
  const letter = async (processor: string, id: string): Promise<KnownDelivery> =>
    ofDetails(asEvent(await showDead(context, processor, id, { raw: true })));

  api.get(
    "/api/events/:id/fixture",
    {
      config,
      schema: { summary: "An event as a file for tests", params: ofEvent, response: answers(fixture) },
    },
    async ({ params: { id } }) => toFixture(await event(id)),
  );

  api.get(
    "/api/events/:id/curl",
    {
      config,
      schema: {
        summary: "A shell command that delivers an event again; its secret is in MISSKEY_HOOK_SECRET",
        params: ofEvent,
        response: command,
      },
    },
    async ({ params: { id } }, reply) => reply.type(TEXT).send(toCurl(await event(id))),
  );

  api.get(
    "/api/dead/letters/:processor/:id/fixture",
    {
      config,
      schema: {
        summary: "A dead letter's event as a file for tests, with the body that failed, edited or not",
        params: ofLetter,
        response: answers(fixture),
      },
    },
    async ({ params: { processor, id } }) => toFixture(await letter(processor, id)),
  );

  api.get(
    "/api/dead/letters/:processor/:id/curl",
    {
      config,
      schema: {
        summary: "A shell command that delivers the body that failed, edited or not",
        params: ofLetter,
        response: command,
      },
    },
    async ({ params: { processor, id } }, reply) =>
      reply.type(TEXT).send(toCurl(await letter(processor, id))),
  );
}

/** Its job knows neither the sender's user agent nor its content type: Misskey's stand for them. */
function asEvent({ event, misskey, raw }: DeadLetterDetails): Delivered {
  return { host: event.host, misskey, inbox: null, ...(raw ? { raw } : {}) };
}

type Delivered = Pick<EventDetails, "host" | "misskey" | "inbox"> & { readonly raw?: RawBody };

/** @throws ApiError `EVENT_ERASED` */
function ofDetails({ raw, host, misskey, inbox }: Delivered): KnownDelivery {
  if (raw) return { host, misskey, inbox, raw };
  throw new ApiError(409, "EVENT_ERASED", "The content of this event was erased.");
}
