import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher, Pool } from "undici";
import { createDeliveries, type Delivery } from "./deliveries.ts";
import type { LoadJob, LoadResult } from "./job.ts";

const TIME_OUT_MS = 60_000;

/** Sends what a job asks for, until every answer is there. */
export async function generate(job: LoadJob): Promise<LoadResult> {
  const { urls, resends: share, durationMs = Infinity, count = Infinity, rate } = job;
  const perUrl = Math.max(1, Math.floor(job.connections / urls.length));
  const targets = urls.map((url) => {
    const { origin, pathname } = new URL(url);
    const options = {
      connections: perUrl,
      pipelining: 1,
      headersTimeout: TIME_OUT_MS,
      bodyTimeout: TIME_OUT_MS,
    };
    return { path: pathname, pool: new Pool(origin, options) };
  });
  const deliveries = createDeliveries(share);
  const answers: Record<string, number> = {};
  const acknowledged = new Map<string, number>();
  const latencies: number[] = [];
  const lateness: number[] = [];
  let [sent, resends, knownResends] = [0, 0, 0];

  const send = async (due: number): Promise<void> => {
    const target = targets[sent % targets.length];
    sent += 1;
    if (!target) return;
    const delivery = deliveries.next();
    if (delivery.isResend) resends += 1;
    const { status, text } = await post(target.pool, target.path, delivery);
    latencies.push(performance.now() - due);
    answers[status] = (answers[status] ?? 0) + 1;
    if (!status.startsWith("2")) return;
    if (delivery.isResend && status === "200" && text.includes('"duplicate"')) knownResends += 1;
    if (delivery.isResend) return;
    acknowledged.set(delivery.eventId, performance.timeOrigin + due);
    deliveries.acknowledged(delivery);
  };

  const start = performance.now();
  const isOver = (): boolean => sent >= count || performance.now() - start >= durationMs;
  if (rate === undefined) {
    await Promise.all(
      Array.from({ length: perUrl * urls.length }, async () => {
        while (!isOver()) await send(performance.now());
      }),
    );
  } else {
    const under: Promise<void>[] = [];
    while (!isOver()) {
      const now = performance.now();
      for (let due; !isOver() && (due = start + (sent * 1_000) / rate) <= now;) {
        lateness.push(now - due);
        under.push(send(due));
      }
      await sleep(1);
    }
    await Promise.all(under);
  }
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(targets.map(({ pool }) => pool.close()));
  return {
    seconds,
    answers,
    acknowledged: [...acknowledged.keys()],
    resends,
    knownResends,
    latencies: Float64Array.from(latencies),
    lateness: Float64Array.from(lateness),
    sentAt: Float64Array.from(acknowledged.values()),
  };
}

/** Never rejects: a broken connection is an answer, too. */
function post(
  pool: Pool,
  path: string,
  { headers, body }: Delivery,
): Promise<{ status: string; text: string }> {
  return new Promise((resolve) => {
    let status = "broken";
    let text = "";
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = String(statusCode);
      },
      onResponseData(_controller, chunk) {
        text += chunk.toString("latin1");
      },
      onResponseEnd: () => resolve({ status, text }),
      onResponseError: () => resolve({ status: "broken", text }),
    };
    pool.dispatch({ method: "POST", path, headers: [...headers], body }, handler);
  });
}
