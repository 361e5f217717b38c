import { keys } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { startConsole } from "./test-support/console.ts";

test("what nobody foresaw is a 500 with an id that the log has too, and tells nothing of the inside", async () => {
  const console = await startConsole();
  // A key of another type: Redis' reply names no key, but its stack names our files.
  await console.context.redis.set(keys.audit, "no stream");
  const answer = await console.ask("mio", { url: "/api/audit" });
  const { code, message } = answer.json<{ code: string; message: string }>();
  expect([answer.statusCode, code]).toEqual([500, "INTERNAL"]);
  expect(message).not.toMatch(/WRONGTYPE|redis|\.ts/i);
  const id = /under (\w{12})\.$/.exec(message)?.[1];
  expect(console.log).toEqual([
    {
      message: "a request failed",
      fields: expect.objectContaining({ id, route: "/api/audit", err: expect.any(Error) }),
    },
  ]);
});

test("a full Redis is told as that, and reading goes on", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const console = await startConsole({ redisUrl: server.url });
  await console.context.redis.config("SET", "maxmemory", "1");
  const signIn = await console.app.inject({
    method: "POST",
    url: "/api/session",
    payload: { token: "mio-may-do-everything" },
  });
  expect([signIn.statusCode, signIn.json()]).toEqual([503, expect.objectContaining({ code: "REDIS_FULL" })]);
  expect((await console.ask("mio", { url: "/api/overview" })).statusCode).toBe(200);
});

test("an error of a request that is only looked for is not logged", async () => {
  const console = await startConsole();
  for (const url of ["/api/events/x", "/api/nothing", "/api/dead?limit=x"]) await console.ask("mio", { url });
  expect(console.log).toEqual([]);
});
