import {
  type Context,
  doctor,
  type DoctorOptions,
  listAudit,
  overview,
  readSeries,
} from "@misskeep/operations";
import { z } from "zod";
import type { Api } from "../api.ts";
import { answers, cursor, limit } from "../schemas/common.ts";
import { auditPage, diagnosis, overview as overviewSchema, series } from "../schemas/status.ts";

export interface StatusDeps {
  readonly context: Context;
  readonly durability: DoctorOptions["wanted"];
}

export function serveStatus(api: Api, { context, durability }: StatusDeps): void {
  const config = { access: "read" } as const;
  api.get(
    "/api/overview",
    { config, schema: { summary: "How everything is", response: answers(overviewSchema) } },
    () => overview(context),
  );
  api.get(
    "/api/series",
    {
      config,
      schema: {
        summary: "Figures over the last hour or day",
        querystring: z.strictObject({ span: z.enum(["hour", "day"]) }),
        response: answers(series),
      },
    },
    ({ query }) => readSeries(context, query.span),
  );
  api.get(
    "/api/doctor",
    { config, schema: { summary: "What would break a promise", response: answers(diagnosis) } },
    () => doctor(context, { wanted: durability }),
  );
  api.get(
    "/api/audit",
    {
      config,
      schema: {
        summary: "Who did what, newest first",
        querystring: z.strictObject({ limit: limit(50), cursor }),
        response: answers(auditPage),
      },
    },
    ({ query }) => listAudit(context, query),
  );
}
