import { redisTime } from "@misskeep/redis";
import { readPoints, SPANS } from "@misskeep/series";
import type { Context } from "./context.ts";
import type { Series, SeriesSpan } from "./series-types.ts";

/**
 * Figures over the last hour or day, in steps that are over. One round trip, however much happened.
 */
export async function readSeries({ redis }: Pick<Context, "redis">, span: SeriesSpan): Promise<Series> {
  const points = await readPoints(redis, span, await redisTime(redis));
  return { span, stepMs: SPANS[span].stepMs, points };
}
