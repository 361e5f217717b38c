import { deliver } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { delivery, startIngest } from "./test-support/start-ingest.ts";

test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
  "answers %s at the deliveries' path 405",
  async (method) => {
    const { url, redis } = await startIngest();
    for (const path of ["", "/", "?a=b"]) {
      const headers = { "content-type": "no/thing" };
      const answer = await deliver(`${url}${path}`, delivery("x"), { method, headers });
      expect(answer).toMatchObject({
        status: 405,
        headers: { allow: "POST" },
        body: { code: "METHOD_NOT_ALLOWED" },
      });
    }
    expect(await redis.exists("misskeep:{0}:inbox")).toBe(0);
  },
);

test("answers HEAD at the deliveries' path 405", async () => {
  const { url } = await startIngest();
  expect((await fetch(url, { method: "HEAD" })).status).toBe(405);
});

test.each(["/", "/misskey/more", "/misskeys", "/metrics", "/%zz", "/misskey%zz", "//misskey"])(
  "answers %s 404",
  async (path) => {
    const { port } = await startIngest();
    for (const method of ["GET", "POST"]) {
      const answer = await deliver(`http://127.0.0.1:${port}${path}`, delivery(), { method });
      expect(answer).toMatchObject({ status: 404, body: { code: "NOT_FOUND", message: expect.any(String) } });
    }
  },
);

test("tells of a redirect in front, which turns deliveries into GETs, once a minute", async () => {
  const { url, log } = await startIngest();
  await deliver(url, delivery(), { method: "GET", secret: "wrong" });
  expect(log).toEqual([]);
  for (let i = 0; i < 3; i++) await deliver(url, delivery(), { method: "GET" });
  expect(log).toEqual([
    expect.objectContaining({ level: "warn", message: expect.stringContaining("redirect") }),
  ]);
});

test("says on the public port that it lives and is ready, and nothing more", async () => {
  const { port } = await startIngest();
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return [response.status, await response.json()];
  };
  expect(await get("/health")).toEqual([200, { status: "ok" }]);
  expect(await get("/ready")).toEqual([200, { ready: true }]);
});
