import { expect, test } from "vitest";
import { type SignedIn, signIn, startConsole, type TestConsole, type Who } from "../test-support/console.ts";
import type { Access } from "./visitor.ts";

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

type Route = TestConsole["routes"][number];

/** A request to a route, with something in place of its parameters. Only what comes before its own work is tested. */
async function request(
  console: TestConsole,
  { method, url }: Pick<Route, "method" | "url">,
  who: Who,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await console.ask(who, {
    method,
    url: url.replaceAll(/:\w+/g, "nonsense"),
    headers,
    ...(method === "POST" ? { payload: {} } : {}),
  });
  const isJson = String(answer.headers["content-type"]).includes("application/json");
  return {
    status: answer.statusCode,
    code: isJson ? answer.json<{ code?: string } | null>()?.code : undefined,
  };
}

/** The stream does not end by itself; live.test.ts looks at it. */
const ends = ({ url }: Route): boolean => url !== "/api/live";

const REFUSED: Readonly<Record<Access, Readonly<Partial<Record<Who, string>>>>> = {
  public: {},
  read: { anonymous: "NOT_SIGNED_IN" },
  private: { anonymous: "NOT_SIGNED_IN", ren: "READ_ONLY" },
  change: { anonymous: "NOT_SIGNED_IN", ren: "READ_ONLY" },
};
/** What a guard answers. */
const OF_A_GUARD = new Set(["NOT_SIGNED_IN", "READ_ONLY", "CSRF", "FOREIGN_ORIGIN", "FOREIGN_HOST"]);

test("every route is for those whom it names, and for nobody else", async () => {
  const console = await startConsole();
  const people = ["anonymous", "ren", "mio"] as const;
  for (const route of console.routes) {
    for (const who of people) {
      const wanted = REFUSED[route.access][who];
      if (wanted === undefined && !ends(route)) continue;
      const { status, code } = await request(console, route, who);
      const what = `${who}: ${route.method} ${route.url}`;
      if (wanted === undefined) expect(OF_A_GUARD, what).not.toContain(code);
      else expect([status, code], what).toEqual([who === "anonymous" ? 401 : 403, wanted]);
    }
  }
  expect(console.log).toEqual([]);
});

test("what changes something is a POST that only those with all rights may send", async () => {
  const { routes } = await startConsole();
  const posts = routes.filter(({ method, url }) => method !== "GET" && url !== "/api/session");
  expect(posts.length).toBeGreaterThan(2);
  expect(posts.filter(({ access }) => access !== "change")).toEqual([]);
  expect(routes.filter(({ access }) => access === "change").every(({ method }) => method === "POST")).toBe(
    true,
  );
});

test("with a cookie, every change needs the session's own csrf token", async () => {
  const console = await startConsole();
  const { cookie, csrf } = await signIn(console, "mio");
  const other = await signIn(console, "mio");
  for (const route of console.routes.filter(({ access }) => access === "change")) {
    const ask = (headers: Record<string, string>) =>
      request(console, route, "anonymous", { cookie, ...headers });
    for (const wrong of [{}, { "x-misskeep-csrf": "" }, { "x-misskeep-csrf": other.csrf }])
      expect(await ask(wrong), route.url).toEqual({ status: 403, code: "CSRF" });
    expect(OF_A_GUARD, route.url).not.toContain((await ask({ "x-misskeep-csrf": csrf })).code);
  }
});

const foreign: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "same-site", origin: "http://localhost:3001" },
  { origin: "http://localhost:3000" },
  { origin: "https://evil.example" },
  { origin: "null" },
];
const own: Record<string, string>[] = [
  {},
  { "sec-fetch-site": "none" },
  { "sec-fetch-site": "same-origin", origin: "https://console.example" },
  { origin: "http://localhost:3001" },
];

test.each(foreign)("a page of somebody else gets nothing from any route: %j", async (headers) => {
  const console = await startConsole();
  const { cookie, csrf } = await signIn(console, "mio");
  const all = { cookie, "x-misskeep-csrf": csrf, ...headers };
  for (const route of console.routes)
    expect(await request(console, route, "anonymous", all), route.url).toEqual({
      status: 403,
      code: "FOREIGN_ORIGIN",
    });
});

test.each(own)("our own page, and programs, get their answers: %j", async (headers) => {
  const console = await startConsole();
  const { cookie }: SignedIn = await signIn(console, "mio");
  const answer = await request(console, { method: "GET", url: "/api/processors" }, "anonymous", {
    cookie,
    ...headers,
  });
  expect(answer).toEqual({ status: 200, code: undefined });
});

test.each([
  "/%61pi/overview",
  "/api/%6fverview",
  "/api/overview?x=/page",
  "/api//overview",
  "//api/overview",
])("%s is not a way past the guard", async (url) => {
  const console = await startConsole();
  const answer = await console.app.inject({ url });
  expect([401, 404]).toContain(answer.statusCode);
});

test("a cookie is not looked at beside a bearer token", async () => {
  const console = await startConsole();
  const { cookie } = await signIn(console, "mio");
  const ask = (authorization: string) =>
    console.app.inject({ url: "/api/processors", headers: { authorization, cookie } });
  for (const wrong of ["Bearer wrong-token-of-nobody", "Bearer ", "Basic bWlvOm1pbw=="])
    expect((await ask(wrong)).json()).toMatchObject({ code: "WRONG_TOKEN" });
});

test("without tokens everybody is local, and needs the csrf token like anybody else", async () => {
  const console = await startConsole({ tokens: [] });
  const session = await console.ask("anonymous", { url: "/api/session" });
  const { csrf, ...rest } = session.json<{ csrf: string }>();
  expect(rest).toEqual({ name: "local", readonly: false, local: true });
  for (const route of console.routes.filter(({ access }) => access === "change")) {
    expect(await request(console, route, "anonymous"), route.url).toMatchObject({ code: "CSRF" });
    const { code } = await request(console, route, "anonymous", { "x-misskeep-csrf": csrf });
    expect(OF_A_GUARD, route.url).not.toContain(code);
  }
});

test.each([
  ["localhost:3001", 200],
  ["localhost", 200],
  ["127.0.0.1:3001", 200],
  ["127.8.8.8", 200],
  ["[::1]:3001", 200],
  ["evil.example", 403],
  ["evil.example:3001", 403],
  ["127.0.0.1.evil.example", 403],
  ["localhost.evil.example", 403],
  ["evil.example@localhost", 403],
  ["LOCALHOST:3001", 200],
  ["localhost@evil.example", 403],
  ["192.168.1.2:3001", 403],
  ["0.0.0.0:3001", 403],
  ["a b", 403],
])("without tokens the Host %j is answered %i, on every path", async (host, status) => {
  const console = await startConsole({ tokens: [] });
  for (const url of ["/api/session", "/health", "/dead"]) {
    const answer = await console.app.inject({ url, headers: { host } });
    if (status === 200) expect(answer.statusCode, url).not.toBe(403);
    else expect(answer.json(), url).toMatchObject({ code: "FOREIGN_HOST" });
  }
});

test("with tokens any Host is answered: a proxy may stand before it", async () => {
  const { app } = await startConsole();
  expect((await app.inject({ url: "/health", headers: { host: "console.example.tld" } })).statusCode).toBe(
    200,
  );
});
