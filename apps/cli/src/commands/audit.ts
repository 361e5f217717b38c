import { listAudit } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { auditView } from "../views/audit.ts";
import { withContext } from "../with-context.ts";

export interface AuditOptions extends CommonOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `misskeep audit` */
export async function auditCommand(deps: Deps, options: AuditOptions): Promise<void> {
  const { limit, cursor } = options;
  const page = await withContext(deps, (context) => listAudit(context, { limit, cursor }));
  show(deps, options, page, (look) => auditView(page, look));
}
