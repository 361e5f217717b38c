import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startConsole, type TestConsole } from "./test-support/console.ts";

const HTML =
  '<meta name="csp-nonce" content="__CSP_NONCE__"><script type="module" src="/assets/a-1f.js"></script>';

async function build({ pageFolder }: TestConsole): Promise<void> {
  await mkdir(join(pageFolder, "assets"));
  await writeFile(join(pageFolder, "index.html"), HTML);
  await writeFile(join(pageFolder, "icon.svg"), "<svg/>");
  await writeFile(join(pageFolder, "assets/a-1f.js"), "export {};");
  await writeFile(join(pageFolder, "../misskeep-outside.txt"), "outside");
}

test("every path of the page gives index.html with a nonce that its styles may carry, another one each time", async () => {
  const console = await startConsole();
  await build(console);
  const nonces = new Set<string>();
  for (const url of [
    "/",
    "/dead?text=x",
    "/dead/groups/0123456789ab",
    "/events/0-1795485891939-0",
    "/index",
    "/Apix",
  ]) {
    const answer = await console.app.inject({ url });
    expect([answer.statusCode, answer.headers["content-type"]], url).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(answer.headers["cache-control"]).toBe("no-store");
    const nonce = /content="([\w-]{22})"/.exec(answer.body)?.[1];
    expect(answer.headers["content-security-policy"]).toContain(`style-src 'self' 'nonce-${nonce}';`);
    nonces.add(String(nonce));
  }
  expect(nonces.size).toBe(6);
});

test("its files come with their type; those with a hash in their name may be kept for ever", async () => {
  const console = await startConsole();
  await build(console);
  const script = await console.app.inject({ url: "/assets/a-1f.js" });
  expect(script.headers).toMatchObject({
    "content-type": expect.stringMatching(/javascript/),
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  const icon = await console.app.inject({ url: "/icon.svg" });
  expect(icon.headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
});

test.each([
  "/missing.js",
  "/assets/missing.js",
  "/../misskeep-outside.txt",
  "/..%2fmisskeep-outside.txt",
  "/assets/..%2f..%2fmisskeep-outside.txt",
  "/api/missing",
  "/API/missing",
  "/api",
])("%s is not there", async (url) => {
  const console = await startConsole();
  await build(console);
  const answer = await console.app.inject({ url });
  expect(answer.body).not.toContain("outside");
  expect([400, 403, 404], answer.body).toContain(answer.statusCode);
  expect(answer.json()).toEqual({ code: expect.any(String), message: expect.any(String) });
});

test("only GET and HEAD have a page", async () => {
  const console = await startConsole();
  await build(console);
  expect((await console.app.inject({ method: "POST", url: "/dead" })).statusCode).toBe(404);
  expect((await console.app.inject({ method: "HEAD", url: "/dead" })).statusCode).toBe(200);
});

test("a page that is not built says so, and is there once it is", async () => {
  const console = await startConsole();
  const answer = await console.app.inject({ url: "/" });
  expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining("not built")]);
  await build(console);
  expect((await console.app.inject({ url: "/" })).statusCode).toBe(200);
});

test("every answer tells the browser to trust nothing", async () => {
  const console = await startConsole();
  await build(console);
  for (const url of ["/", "/api/overview", "/api/missing", "/assets/a-1f.js", "/missing.js", "/health"]) {
    const { headers } = await console.app.inject({ url });
    expect(headers, url).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toMatch(/unsafe|\*/);
  }
});

test("answers of the API are not kept anywhere", async () => {
  const console = await startConsole();
  for (const url of ["/api/session", "/api/overview", "/api/processors"])
    expect((await console.ask("mio", { url })).headers["cache-control"], url).toBe("no-store");
});
