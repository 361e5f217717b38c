import { findRun, type Run } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { runNotFound } from "./require-run.ts";

/** @throws OperationError `RUN_NOT_FOUND` */
export async function showRun({ redis }: Context, id: string): Promise<Run> {
  return (await findRun(redis, id)) ?? runNotFound(id);
}
