import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { type Fixture, toCurl } from "./to-curl.ts";

const headers = [
  ["content-type", "application/json"],
  ["x-misskey-hook-secret", ""],
  ["user-agent", 'it\'s $(touch x) `y` "z"'],
] as const;

/** What a shell hands to curl: its arguments, and what comes by the pipe. */
function run(fixture: Fixture): { args: string[]; body: Buffer } {
  // Its own curl comes first, so that nothing is sent.
  const curl = `curl() { printf '%s\\0' "$@"; printf '\\0'; cat; }`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-s"], {
    input: `${curl}; ${toCurl(fixture)}\n`,
    maxBuffer: 16_000_000,
    env: { PATH: process.env["PATH"], MISSKEY_HOOK_SECRET: "a b'c" },
  });
  expect(stderr.toString()).toBe("");
  const end = stdout.indexOf("\0\0");
  return { args: stdout.subarray(0, end).toString("utf8").split("\0"), body: stdout.subarray(end + 2) };
}

test.each([
  "{}",
  "it's",
  "'; touch x; '",
  "$(touch x) `touch x` $HOME \\ \\\\ %s %n \\0",
  "@/etc/passwd",
  "-n",
  "two\nlines\n",
  "\u0001\u001b[201~rm\u007f\u0085\u202e",
  "🌸𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦",
  "\ufeff",
  "",
])("a shell sends every byte of %j and reads none of it as its own", (rawBody) => {
  expect(run({ headers, rawBody }).body).toEqual(Buffer.from(rawBody, "utf8"));
});

test("headers arrive as they were, and the secret from its variable", () => {
  expect(run({ headers, rawBody: "{}" }).args).toEqual([
    "--data-binary",
    "@-",
    "-H",
    "content-type: application/json",
    "-H",
    "x-misskey-hook-secret: a b'c",
    "-H",
    'user-agent: it\'s $(touch x) `y` "z"',
    "http://127.0.0.1:3000/misskey",
  ]);
});

test.each(["\u001b]0;x\u0007", "a\u202Eb", "\u{E0041}"])(
  "what a terminal would act on is not in it: %j",
  (rawBody) => {
    expect(toCurl({ headers, rawBody })).toMatch(/^[\x20-\x7e\n]*$/);
  },
);

test("a body that is no text arrives too", () => {
  const body = Buffer.from([0xff, 0x00, 0xfe]);
  expect(run({ headers, base64: body.toString("base64") }).body).toEqual(body);
});

test("a body of some megabytes is no argument too long", () => {
  const rawBody = "x".repeat(3_000_000);
  expect(run({ headers, rawBody }).args).toContain("--data-binary");
});
