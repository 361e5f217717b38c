import {
  listOff,
  listProcessors,
  listWorkers,
  pauseProcessor,
  removeProcessor,
  resumeProcessor,
} from "@misskeep/operations";
import { z } from "zod";
import { actorOf, type Api, type ApiDeps } from "../api.ts";
import { answers, list, why, word } from "../schemas/common.ts";
import {
  offReason,
  pausedProcessor,
  processorStatus,
  removedProcessor,
  resumedProcessor,
  workerRecord,
} from "../schemas/processor.ts";

export function serveProcessors(api: Api, { context }: ApiDeps): void {
  const read = { access: "read" } as const;
  const change = { access: "change" } as const;
  const params = z.object({ name: word });

  api.get(
    "/api/processors",
    { config: read, schema: { summary: "The processors", response: answers(list(processorStatus)) } },
    () => listProcessors(context),
  );
  api.get(
    "/api/processors/off",
    {
      config: read,
      schema: { summary: "Processors that are off, and why", response: answers(list(offReason)) },
    },
    () => listOff(context),
  );
  api.get(
    "/api/workers",
    {
      config: read,
      schema: { summary: "The workers of the last day", response: answers(list(workerRecord)) },
    },
    () => listWorkers(context),
  );
  api.post(
    "/api/processors/:name/pause",
    {
      config: change,
      schema: {
        summary: "Pause a processor; its events go on being kept",
        params,
        body: z.strictObject({ why: why.default("") }),
        response: answers(pausedProcessor),
      },
    },
    (request) => pauseProcessor(context, request.params.name, actorOf(request, request.body.why)),
  );
  api.post(
    "/api/processors/:name/resume",
    {
      config: change,
      schema: {
        summary: "Resume a processor",
        params,
        body: z.strictObject({ why: why.default("") }),
        response: answers(resumedProcessor),
      },
    },
    (request) => resumeProcessor(context, request.params.name, actorOf(request, request.body.why)),
  );
  api.post(
    "/api/processors/:name/remove",
    {
      config: change,
      schema: {
        summary: "Remove a processor that has no jobs",
        params,
        body: z.strictObject({ why: why.default("") }),
        response: answers(removedProcessor),
      },
    },
    (request) => removeProcessor(context, request.params.name, actorOf(request, request.body.why)),
  );
}
