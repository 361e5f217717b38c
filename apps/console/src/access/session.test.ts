import { keys } from "@misskeep/redis";
import { listAudit } from "@misskeep/operations";
import { expect, test } from "vitest";
import { signIn, startConsole, TOKENS, tokenOf } from "../test-support/console.ts";
import { createSessions, SESSION_MS } from "./sessions.ts";
import { type ConsoleToken, toPeople } from "./tokens.ts";

const HOST = { host: "localhost:3001" };

test("who signs in with a token is known by the cookie, and is written down", async () => {
  const console = await startConsole();
  const { cookie, csrf, setCookie } = await signIn(console, "mio");
  expect(setCookie).toMatch(
    /^misskeep-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const session = await console.app.inject({ url: "/api/session", headers: { ...HOST, cookie } });
  expect(session.json()).toEqual({ name: "mio", readonly: false, csrf, local: false });
  const { entries } = await listAudit(console.context, { limit: 10 });
  expect(entries).toEqual([expect.objectContaining({ by: "mio", what: "sign-in" })]);
});

test("behind a proxy with TLS the cookie is for TLS only", async () => {
  const { app } = await startConsole();
  const { headers } = await app.inject({
    method: "POST",
    url: "/api/session",
    headers: { ...HOST, "x-forwarded-proto": "https" },
    payload: { token: tokenOf("mio") },
  });
  expect(headers["set-cookie"]).toContain("Secure");
});

test("neither token nor cookie lies in Redis", async () => {
  const console = await startConsole();
  const { cookie, csrf } = await signIn(console, "ren");
  const { redis } = console.context;
  const stored = await redis.keys("*session*");
  expect(stored).toHaveLength(1);
  const text = stored[0] + String(await redis.get(stored[0]!));
  expect(text).toContain(csrf);
  expect(text).not.toContain(tokenOf("ren"));
  expect(text).not.toContain(cookie.split("=")[1]);
});

test("a session ends by signing out, which needs the csrf token", async () => {
  const console = await startConsole();
  const { cookie, csrf } = await signIn(console, "ren");
  const signOut = (headers: object) =>
    console.app.inject({ method: "DELETE", url: "/api/session", headers: { ...HOST, cookie, ...headers } });
  expect((await signOut({})).json()).toMatchObject({ code: "CSRF" });
  const done = await signOut({ "x-misskeep-csrf": csrf });
  expect([done.statusCode, done.body]).toEqual([200, "null"]);
  expect(done.headers["set-cookie"]).toContain("Max-Age=0");
  const after = await console.app.inject({ url: "/api/session", headers: { ...HOST, cookie } });
  expect(after.body).toBe("null");
  expect(await console.context.redis.keys(keys.session("*"))).toEqual([]);
});

test("a session ends with its token, and takes on what the token may do now", async () => {
  const { context } = await startConsole();
  const [mio, ren] = TOKENS;
  const people = toPeople(TOKENS);
  const { id } = await createSessions(context.redis, people).open(people[0]!);
  const find = (tokens: readonly ConsoleToken[]) => createSessions(context.redis, toPeople(tokens)).find(id);
  expect(await find(TOKENS)).toMatchObject({ name: "mio", readonly: false });
  expect(await find([{ ...mio, readonly: true }])).toMatchObject({ readonly: true });
  expect(await find([ren])).toBeUndefined();
  expect(await find([{ ...mio, token: "another-token-of-mio" }])).toBeUndefined();
});

test("a session lasts for 12 hours after it was used last", async () => {
  const { context } = await startConsole();
  const { redis } = context;
  const people = toPeople(TOKENS);
  const sessions = createSessions(redis, people);
  const { id } = await sessions.open(people[0]!);
  const [key] = await redis.keys("*session*");
  expect(await redis.pttl(key!)).toBeGreaterThan(SESSION_MS - 60_000);
  await redis.pexpire(key!, 60_000);
  expect(await sessions.find(id)).toBeDefined();
  expect(await redis.pttl(key!)).toBeGreaterThan(SESSION_MS - 60_000);
  await redis.pexpire(key!, 0);
  expect(await sessions.find(id)).toBeUndefined();
});

test.each(["", "nonsense", "x".repeat(43), "../../etc", "a".repeat(10_000)])(
  "a cookie that is none (%#) is nobody's",
  async (value) => {
    const { app } = await startConsole();
    const answer = await app.inject({
      url: "/api/overview",
      headers: { ...HOST, cookie: `misskeep-session=${value}` },
    });
    expect(answer.json()).toMatchObject({ code: "NOT_SIGNED_IN" });
  },
);
