import { z } from "zod";
import { type Api, visitorOf } from "../api.ts";
import { ApiError } from "../api-error.ts";
import type { Sessions } from "../access/sessions.ts";
import type { Clients } from "../live/clients.ts";
import type { Poller } from "../live/poller.ts";
import { refusal } from "../schemas/common.ts";

export interface LiveDeps {
  readonly clients: Clients;
  readonly poller: Poller;
  readonly sessions: Pick<Sessions, "find">;
}

/** Each one is a connection and a little memory. */
const MAX_CLIENTS = 200;

export function serveLive(api: Api, { clients, poller, sessions }: LiveDeps): void {
  api.get(
    "/api/live",
    {
      config: { access: "read", withoutRedis: true },
      schema: {
        summary: "Server-sent events: overview (2 s), runs (1 s, while any is under way), trouble",
        response: {
          200: { content: { "text/event-stream": { schema: z.string() } } },
          "4xx": refusal,
          "5xx": refusal,
        },
      },
    },
    (request, reply) => {
      if (clients.size >= MAX_CLIENTS)
        throw new ApiError(503, "TOO_MANY_VIEWERS", `${MAX_CLIENTS} pages are open already.`, 30);
      const { sessionId } = visitorOf(request);
      // Fastify ends a reply; this one stays open.
      reply.hijack();
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        // nginx would otherwise hold the events back.
        "x-accel-buffering": "no",
      });
      raw.write("retry: 2000\n\n");
      const send = clients.add(raw, {
        sessionId,
        mayStay: async () => sessionId === null || (await sessions.find(sessionId)) !== undefined,
      });
      poller.wake(send);
    },
  );
}
