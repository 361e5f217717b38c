import { expect, test } from "vitest";
import { startConsole } from "../test-support/console.ts";

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { summary?: string; responses: Record<string, unknown>; requestBody?: unknown }>
  >;
  readonly components: { readonly schemas: Record<string, unknown> };
}

test("the description has every route, with a summary, its answers, and nothing else", async () => {
  const console = await startConsole();
  const answer = await console.ask("ren", { url: "/api/openapi.json" });
  const description = answer.json<OpenApi>();
  expect(description.openapi).toBe("3.1.0");
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, responses, requestBody }]) => {
      expect(summary, path).toMatch(/^[A-Z]/);
      expect(Object.keys(responses), path).toContain("200");
      expect(requestBody !== undefined, path).toBe(method === "post");
      return `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    }),
  );
  const routes = console.routes.map(({ method, url }) => `${method} ${url}`);
  expect(described.toSorted()).toEqual(routes.toSorted());
  // Every reference leads somewhere.
  for (const [, name] of answer.body.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(Object.keys(description.components.schemas)).toContain(name);
});

test.each([
  "/api/dead?limit=0",
  "/api/dead?limit=201",
  "/api/dead?limit=1e2",
  "/api/dead?limit=-1",
  "/api/dead?limit=",
  "/api/dead?limit=5&limit=6",
  "/api/dead?sort=random",
  "/api/dead?procesor=chat",
  "/api/dead?diedAfter=yesterday",
  "/api/dead?minAttempts=99999999999999999999",
  "/api/dead?processor=a%00b",
  `/api/dead?text=${"x".repeat(201)}`,
  "/api/dead?text=",
  "/api/dead/groups?state=closed",
  "/api/dead/groups?limit=5",
  "/api/dead/letters/chat/1?raw=yes",
  "/api/events?limit=x",
  "/api/events?from=now",
  "/api/series?span=year",
  "/api/series",
  "/api/audit?limit=9999",
  "/api/runs/x/items?state=lost",
])("%s is a request that makes no sense, and is told why", async (url) => {
  const console = await startConsole();
  const answer = await console.ask("mio", { url });
  expect([answer.statusCode, answer.json()], url).toEqual([
    400,
    { code: "INVALID_REQUEST", message: expect.stringMatching(/^The query is wrong\. .+: .+/) },
  ]);
});

test.each([
  ["/api/dead?cursor=nonsense", "INVALID_CURSOR"],
  ["/api/dead?cursor=%7B%7D", "INVALID_CURSOR"],
  ["/api/dead?group=nonsense", "INVALID_FILTER"],
  ["/api/dead?person=%20", "INVALID_FILTER"],
  ["/api/dead?minAttempts=5&maxAttempts=2", "INVALID_FILTER"],
  ["/api/audit?cursor=nonsense", "INVALID_CURSOR"],
  ["/api/runs?cursor=nonsense", "INVALID_CURSOR"],
  ["/api/events?before=nonsense", "INVALID_EVENT_ID"],
  ["/api/events/nonsense", "INVALID_EVENT_ID"],
])("%s is %s", async (url, code) => {
  const console = await startConsole();
  const answer = await console.ask("mio", { url });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, code]);
});

test.each([
  ["/api/dead?processor=nobody", "PROCESSOR_NOT_FOUND"],
  ["/api/dead/groups?processor=nobody", "PROCESSOR_NOT_FOUND"],
  ["/api/dead/groups/0123456789ab", "GROUP_NOT_FOUND"],
  ["/api/dead/letters/nobody/0-1795485891939-0", "PROCESSOR_NOT_FOUND"],
  ["/api/dead/letters/quarantine/0-1795485891939-0", "DEAD_LETTER_NOT_FOUND"],
  ["/api/events/0-1795485891939-0", "EVENT_NOT_FOUND"],
  ["/api/runs/nonsense", "RUN_NOT_FOUND"],
  ["/api/nothing", "NOT_FOUND"],
])("%s is %s", async (url, code) => {
  const console = await startConsole();
  const answer = await console.ask("mio", { url });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, code]);
});

test.each([
  ["no JSON", "{", "application/json", 400, "NOT_JSON"],
  ["empty", "", "application/json", 400, "NOT_JSON"],
  ["a form", "ids=1", "application/x-www-form-urlencoded", 415, "NOT_JSON"],
  ["text", "{}", "text/plain", 400, "INVALID_REQUEST"],
  ["a prototype", '{"__proto__":{"x":1}}', "application/json", 400, "NOT_JSON"],
  ["too large", JSON.stringify({ why: "x".repeat(300_000) }), "application/json", 413, "TOO_LARGE"],
  [
    "another field",
    '{"processor":"quarantine","ids":["1"],"all":true}',
    "application/json",
    400,
    "INVALID_REQUEST",
  ],
  ["no ids", '{"processor":"quarantine","ids":[]}', "application/json", 400, "INVALID_REQUEST"],
])("a body that is %s is refused", async (_what, payload, type, status, code) => {
  const console = await startConsole();
  const answer = await console.ask("mio", {
    method: "POST",
    url: "/api/dead/replay",
    payload,
    headers: { "content-type": type },
  });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  expect(console.log).toEqual([]);
});

test("every route that the page and scripts rely on is there", async () => {
  const { routes } = await startConsole();
  const wanted = `
    GET /api/session · POST /api/session · DELETE /api/session · GET /api/overview · GET /api/series · GET /api/doctor
    GET /api/processors · GET /api/processors/off · GET /api/workers · GET /api/audit
    POST /api/processors/:name/pause · POST /api/processors/:name/resume · POST /api/processors/:name/remove
    GET /api/dead · GET /api/dead/groups · GET /api/dead/groups/:group · POST /api/dead/groups/:group/resolve
    POST /api/dead/groups/:group/reopen · POST /api/dead/groups/:group/mute · GET /api/dead/letters/:processor/:id
    POST /api/dead/replay · POST /api/dead/discard · POST /api/dead/recover · GET /api/dead/discarded
    GET /api/dead/export · POST /api/dead/letters/:processor/:id/check-edit
    POST /api/dead/letters/:processor/:id/edit · POST /api/runs/plan · POST /api/runs · GET /api/runs
    GET /api/runs/:id · GET /api/runs/:id/items · POST /api/runs/:id/pause · POST /api/runs/:id/resume
    POST /api/runs/:id/cancel · GET /api/events · GET /api/events/:id · GET /api/events/:id/fixture
    GET /api/events/:id/curl · GET /api/dead/letters/:processor/:id/fixture · GET /api/dead/letters/:processor/:id/curl
    POST /api/erase/plan · POST /api/erase · GET /api/live · GET /api/openapi.json`;
  const served = routes.map(({ method, url }) => `${method} ${url}`);
  expect(served.toSorted()).toEqual(
    wanted
      .trim()
      .split(/\s*[·\n]\s*/)
      .toSorted(),
  );
});
