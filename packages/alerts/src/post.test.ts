import { httpReceiver } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { get, postJson } from "./post.ts";

const forever = new AbortController().signal;

async function receiver(...answer: Parameters<typeof httpReceiver>): ReturnType<typeof httpReceiver> {
  const target = await httpReceiver(...answer);
  onTestFinished(() => target.close());
  return target;
}

test("posts JSON", async () => {
  const target = await receiver();
  expect(await postJson(`${target.url}/hook?x=1`, { text: "é" }, forever)).toEqual({ ok: true });
  expect(target.requests).toMatchObject([
    {
      method: "POST",
      path: "/hook?x=1",
      json: { text: "é" },
      headers: { "content-type": "application/json" },
    },
  ]);
});

test("does not follow a redirect with what it posts", async () => {
  const target = await receiver(({ path }) =>
    path === "/old" ? { status: 308, headers: { location: "/new" } } : { status: 204 },
  );
  expect(await postJson(`${target.url}/old`, {}, forever)).toMatchObject({ ok: false, reason: "HTTP 308" });
  expect(target.requests).toHaveLength(1);
});

test.each([
  ["90", 90_000],
  ["0.5", 500],
  ["999999999", 3_600_000],
  ["soon", undefined],
  ["Tue, 24 Nov 1998 12:00:00 GMT", 0],
])("hears Retry-After %s of a 429", async (header, retryAfterMs) => {
  const target = await receiver(() => ({
    status: 429,
    headers: { "retry-after": header },
    body: { retry_after: 7 },
  }));
  expect(await postJson(target.url, {}, forever)).toEqual({ ok: false, reason: "HTTP 429", retryAfterMs });
});

test("says why there was no answer, never where it asked", async () => {
  const target = await receiver(() => "reset");
  expect(await get(`${target.url}/secret`, forever)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^\w+$/),
  });
  await target.close();
  const refused = await get(`${target.url}/secret`, forever);
  expect(refused).toMatchObject({ ok: false, reason: "ECONNREFUSED" });
  for (const url of ["http://user:secret@127.0.0.1/", "nonsense secret"])
    expect(JSON.stringify(await get(url, forever))).not.toContain("secret");
});

test("ends when it is stopped", async () => {
  const stop = new AbortController();
  const target = await receiver(() => {
    stop.abort();
    return "hang";
  });
  expect(await get(target.url, stop.signal)).toMatchObject({ ok: false, reason: "stopped" });
});
