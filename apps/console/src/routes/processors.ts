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

  const verbs = [
    ["pause", "Pause a processor; its events go on being kept", pauseProcessor, pausedProcessor],
    ["resume", "Resume a processor", resumeProcessor, resumedProcessor],
    ["remove", "Remove a processor that has no jobs", removeProcessor, removedProcessor],
  ] as const;
  for (const [name, summary, verb, result] of verbs) {
    api.post(
      `/api/processors/:name/${name}`,
      {
        config: change,
        schema: {
          summary,
          params,
          body: z.strictObject({ why: why.default("") }),
          response: answers(result),
        },
      },
      (request) => verb(context, request.params.name, actorOf(request, request.body.why)),
    );
  }
}
