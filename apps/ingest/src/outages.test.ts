/** Ingest goes on by itself after whatever came between it and Redis. */
import { setTimeout as sleep } from "node:timers/promises";
import { listEntries } from "@misskeep/inbox";
import { connectRedis } from "@misskeep/redis";
import { deliver, farRedis, outages, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { delivery, startIngest } from "./test-support/start-ingest.ts";

const numbered = (number: number) => delivery(`{"eventId":"${number}"}`);
const body = (answer: { readonly body: unknown }): { status: string; id: string | null } =>
  answer.body as { status: string; id: string | null };

test.each(outages)("$name: deliveries are kept meanwhile, and afterwards in Redis", async ({ strike }) => {
  const far = await farRedis();
  onTestFinished(() => far.stop());
  const direct = connectRedis({ url: far.server.url, role: "worker" });
  onTestFinished(() => direct.disconnect());
  // As often as in production.
  const app = await startIngest({ redisUrl: far.url, everyMs: 1_000 });
  let sent = 0;
  const next = async (): Promise<{ status: string; id: string | null }> => {
    sent += 1;
    const answer = await deliver(app.url, numbered(sent));
    expect([200, 202]).toContain(answer.status);
    return body(answer);
  };
  expect((await next()).id).not.toBeNull();

  let isOver = false;
  const struck = strike(far).then(() => (isOver = true));
  // Misskey sends whatever the weather.
  while (!isOver) {
    await next();
    await sleep(20);
  }
  await struck;

  const live = await until(async () => {
    const answer = await next();
    return answer.id === null ? undefined : answer;
  });
  expect(live.status).toBe("accepted");
  await until(() => app.spool.state().files === 0);
  // Each of them once, the spooled ones and those of which only the answer was lost.
  const entries = await listEntries(direct, { limit: sent + 1 });
  const ids = entries.map((entry) => (JSON.parse(entry.body.toString()) as { eventId: string }).eventId);
  expect(ids.toSorted()).toEqual(Array.from({ length: sent }, (_, i) => String(i + 1)).toSorted());
  expect(await deliver(app.url, numbered(1))).toMatchObject({ status: 200, body: { status: "duplicate" } });
  expect(app.keeping.reason()).toBeUndefined();
});
