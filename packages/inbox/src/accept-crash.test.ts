import { keys } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { aDelivery, anIdentity, connect, prepareInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";
import { readBatch } from "./read.ts";

test("Redis killed in the midst: what was accepted is kept, each event whole and once, also when it is sent again", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  await prepareInbox(redis);

  const accepted = new Map<number, string>();
  const send = async (to: typeof redis, number: number): Promise<void> => {
    const delivery = aDelivery({ body: Buffer.alloc(number % 2_000, "x") });
    const { id } = await accept(to, delivery, anIdentity(`e${number}`), WINDOW);
    expect(accepted.get(number) ?? id).toBe(id);
    accepted.set(number, id);
  };
  // 32 at a time, until the killed server ends each of them.
  let sent = 0;
  let killed: Promise<void> | undefined;
  const sender = async (): Promise<void> => {
    for (;;) {
      await send(redis, (sent += 1));
      if (accepted.size >= 200) killed ??= server.kill();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: 32 }, sender));
  await killed;
  for (const { status } of ends) expect(status).toBe("rejected");
  const acknowledged = [...accepted.values()];
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  await server.restart();
  const again = await connect(server.url);
  const kept = (await listEntries(again, { limit: 10_000 })).map(({ id }) => id);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));

  for (let number = 1; number <= sent; number += 1) await send(again, number);
  const entries = await listEntries(again, { limit: 10_000 });
  expect(entries).toHaveLength(sent);
  expect(new Set(entries.map(({ key }) => keys.seen(key)))).toEqual(
    new Set(await again.keys(keys.seen("*"))),
  );
  expect(await inboxState(again)).toMatchObject({
    accepted: sent,
    bytes: entries.reduce((sum, { body }) => sum + body.length, 0),
    waiting: sent,
  });
  expect((await readBatch(again, "w1", { entries: 10_000, bytes: 1e9 })).entries).toHaveLength(sent);
});
