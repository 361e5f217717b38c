import { createRun, findActiveRun, type Run, type RunScope } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../audit.ts";
import type { Context } from "../context.ts";
import { OperationError } from "../errors.ts";
import { requireProcessor } from "../find-processors.ts";
import { processorOf, requireScope } from "./scope.ts";
import type { RunRequest } from "./run.ts";
import { showRun } from "./show-run.ts";

const LONGEST_NAME = 100;
const LONGEST_WHY = 1_000;

/**
 * Starts a run as it was planned. Workers execute it: whoever started it may go.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_RUN`, `INVALID_FILTER`, `NOTHING_TO_DO`, and `RUN_ACTIVE` with the id of
 *   the run that is under way for the processor
 */
export async function startRun(context: Context, request: RunRequest, actor: Actor): Promise<Run> {
  const { scope, name, until, total, ratePerSecond, guard } = request;
  const processor = processorOf(scope);
  requireScope(scope);
  requireRequest(request);
  await requireProcessor(context, processor);
  if (total === 0) throw new OperationError("NOTHING_TO_DO", "There is nothing that this run would do.");
  const active = await findActiveRun(context.redis, processor);
  if (active !== undefined) throw underWay(processor, active);
  await recordAudit(context, actor, { what: "start-run", target: processor, filter: scope, count: total });
  const result = await createRun(context.redis, {
    processor,
    name: name.trim() || defaultName(scope),
    kind: scope.kind,
    scope,
    by: actor.by,
    why: actor.why.slice(0, LONGEST_WHY),
    createdAt: await redisTime(context.redis),
    until,
    total,
    ratePerSecond,
    guard: scope.kind === "replay" || scope.kind === "backfill" ? guard : null,
  });
  if ("active" in result) throw underWay(processor, result.active);
  return showRun(context, result.created);
}

function underWay(processor: string, active: string): OperationError {
  return new OperationError(
    "RUN_ACTIVE",
    `Run ${active} is under way for ${processor}. Wait for its end, or cancel it.`,
  );
}

function requireRequest({ name, until, total, ratePerSecond, guard }: RunRequest): void {
  const wrong = [
    ...(name.length > LONGEST_NAME ? [`a name has at most ${LONGEST_NAME} characters`] : []),
    ...(Number.isSafeInteger(until) && until >= 0 ? [] : ["`until` is no time"]),
    ...(Number.isInteger(total) && total >= 0 ? [] : ["`total` is no count"]),
    ...(ratePerSecond === null || (ratePerSecond > 0 && ratePerSecond <= 100_000)
      ? []
      : ["a rate is above 0 and at most 100,000 a second"]),
    ...(guard === null || (Number.isInteger(guard.first) && guard.first >= 1)
      ? []
      : ["a guard tries at least 1 first"]),
    ...(guard === null || (guard.maxFailed >= 0 && guard.maxFailed <= 100)
      ? []
      : ["a guard's limit is 0 to 100 percent"]),
  ];
  if (wrong.length > 0)
    throw new OperationError("INVALID_RUN", `The run cannot be started: ${wrong.join("; ")}.`);
}

function defaultName(scope: RunScope): string {
  const what = { replay: "Replay", discard: "Discard", recover: "Recover", backfill: "Backfill" }[scope.kind];
  return `${what} ${processorOf(scope)}`;
}
