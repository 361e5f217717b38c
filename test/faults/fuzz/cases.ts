/**
 * What comes to the door, and how it may be answered.
 *
 * | what | answers |
 * |---|---|
 * | a right secret, the right path, any body, any harmless headers | 202, 200; 413 if it is large |
 * | the same, with headers about length and coding that need not fit | those, or none |
 * | a wrong secret or none | 401, or none if it is broken |
 * | headers of over 16 KiB, where Node would answer 431 | none |
 * | anything, damaged anywhere | any of the contract's, or none |
 *
 * Never 400, 408, 414, 417, 431, a redirect or a 5xx: each of the first makes Misskey give up.
 */
import { capture, captures } from "@misskeep/testkit";
import type { Random } from "../random.ts";
import { mutate, noise } from "./mutate.ts";

export interface Case {
  readonly name: string;
  /** Written one after another. */
  readonly pieces: readonly Buffer[];
  readonly allowed: ReadonlySet<number>;
  /** Whether no answer at all is fine. */
  readonly mayBeSilent: boolean;
}

export const SECRET = "a-secret-for-the-fuzzer";
export const MAX_BODY_BYTES = 20_000;

/** What ingest takes of headers; each line counts for a little less than its bytes. */
const MAX_HEADER_BYTES = 16 * 1_024;
const KEPT = [200, 202, 413];
const ANY = [200, 202, 401, 404, 405, 413];
const bodies = captures().map(({ rawBody }) => rawBody);
const plain = capture("mention-by-reply");

const crlf = "\r\n";
const head = (start: string, lines: readonly string[]): Buffer =>
  Buffer.from([start, ...lines, "", ""].join(crlf), "latin1");

function bodyOf(random: Random): Buffer {
  const draw = random.int(0, 99);
  if (draw < 5) return Buffer.alloc(0);
  if (draw < 10) return noise(random.int(1, 500), random);
  if (draw < 13) return Buffer.from("[".repeat(random.int(1, MAX_BODY_BYTES)));
  if (draw < 16) return Buffer.alloc(random.int(MAX_BODY_BYTES - 2, MAX_BODY_BYTES + 2_000), 32);
  const body = random.pick(bodies);
  return draw < 30 ? body : mutate(body, random);
}

/** Headers that change nothing. */
const HARMLESS = [
  "Content-Type: application/json",
  "Content-Type: text/plain;charset=UTF-8",
  "Content-Type: multipart/form-data; boundary=x",
  "Content-Type: application/json; charset=utf-16",
  "Content-Type:",
  "Content-Type: \xff\xfe",
  "Content-Encoding: gzip",
  "Accept: */*",
  "Accept-Version: 1.x",
  "Expect: 200-ok",
  "Expect: 100-continue",
  "Connection: keep-alive",
  "Connection: close",
  "Connection: Upgrade, HTTP2-Settings",
  "Upgrade: h2c",
  "X-Misskey-Hook-Id: h",
  `X-Misskey-Host: ${"h".repeat(2_000)}`,
  "X-Misskey-Host: \x80\x81",
  "x-forwarded-for: 1.2.3.4, ::1",
  "X-HTTP-Method-Override: DELETE",
  "Trailer: X-Any",
  "Range: bytes=0-1",
  "If-None-Match: *",
  "Cookie: a=b; __proto__=c",
  "__proto__: x",
  "constructor: y",
  "Host: [::1]:99999",
  "User-Agent: \t Misskey-Hooks \t",
];
/** The secret under every name that it has. */
const SECRETS = ["X-Misskey", "x-firefish", "X-ICESHRIMP", "x-calckey", "X-Groundpolis"].map(
  (sender) => `${sender}-Hook-Secret: ${SECRET}`,
);
const PATHS = ["/misskey", "/misskey/", "/misskey?a=b&a=c", "/misskey?%zz", "/misskey/?", "http://x/misskey"];

function harmless(random: Random): string[] {
  return Array.from({ length: random.int(0, 8) }, () => random.pick(HARMLESS));
}

function authentic(random: Random): Case {
  const body = bodyOf(random);
  const lines = [...harmless(random), random.pick(SECRETS), `Content-Length: ${body.length}`];
  const top = head(`POST ${random.pick(PATHS)} HTTP/1.1`, lines);
  return {
    name: "authentic",
    pieces: [top, body],
    allowed: new Set(KEPT),
    mayBeSilent: top.length > MAX_HEADER_BYTES,
  };
}

function chunked(random: Random): Case {
  const body = bodyOf(random);
  const pieces = [head("POST /misskey HTTP/1.1", [random.pick(SECRETS), "Transfer-Encoding: chunked"])];
  for (let at = 0; at < body.length;) {
    const part = body.subarray(at, (at += random.int(1, 4_000)));
    pieces.push(Buffer.from(`${part.length.toString(16)}${crlf}`), part, Buffer.from(crlf));
  }
  pieces.push(Buffer.from(`0${crlf}${crlf}`));
  return { name: "chunked", pieces, allowed: new Set(KEPT), mayBeSilent: false };
}

/** What it says of its length and coding is not so. */
function misfit(random: Random): Case {
  const body = bodyOf(random);
  const lines = [
    ...harmless(random),
    random.pick(SECRETS),
    random.pick([
      `Content-Length: ${body.length + random.int(1, 50)}`,
      `Content-Length: ${Math.max(body.length - random.int(1, 50), 0)}`,
      "Content-Length: -1",
      "Content-Length: 2, 2",
      `Content-Length: +${body.length}`,
      "Content-Length: 99999999999999999999",
      "Content-Length: 0x10",
      "Content-Length:",
      `Content-Length: 2${crlf}Content-Length: 3`,
      "Transfer-Encoding: gzip, chunked",
      "Transfer-Encoding: chunked, identity",
      `Transfer-Encoding: chunked${crlf}Content-Length: 5`,
      `Transfer-Encoding : chunked`,
      "Transfer-Encoding: \tchunked",
      "X-Folded: a\r\n b",
      ": no name",
      "no colon",
      `X-Long: ${"x".repeat(random.int(1, 20_000))}`,
    ]),
  ];
  // A body that is longer than it says is the next request on the connection: whatever it is.
  return {
    name: "misfit",
    pieces: [head("POST /misskey HTTP/1.1", lines), body],
    allowed: new Set(KEPT),
    mayBeSilent: true,
  };
}

function unauthentic(random: Random): Case {
  const body = bodyOf(random);
  const secret = random.pick([
    "X-Misskey-Hook-Secret:",
    "X-Misskey-Hook-Secret: wrong",
    `X-Misskey-Hook-Secret: ${SECRET}x`,
    `X-Misskey-Hook-Secret: ${SECRET.slice(1)}`,
    `X-Misskey-Hook-Secret: ${SECRET.toUpperCase()}`,
    `X-Misskey-Hook-Secret: ${"s".repeat(9_000)}`,
    `X-Other: ${SECRET}`,
    `Authorization: Bearer ${SECRET}`,
  ]);
  const lines = [...harmless(random), secret, `Content-Length: ${body.length}`];
  const top = head(`POST ${random.pick(PATHS)} HTTP/1.1`, lines);
  return {
    name: "unauthentic",
    pieces: [top, body],
    allowed: new Set([401]),
    mayBeSilent: top.length > MAX_HEADER_BYTES,
  };
}

const METHODS = [
  "GET",
  "HEAD",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "QUERY",
  "PRI",
];

function elsewhere(random: Random): Case {
  const path = random.pick([
    "/",
    "/misskey",
    "/misskey/x",
    "/MISSKEY",
    "//misskey",
    "/health",
    "/ready",
    "/%2e%2e",
    "*",
    "/metrics",
  ]);
  const lines = [...harmless(random), ...(random.chance(0.3) ? [random.pick(SECRETS)] : [])];
  const start = `${random.pick([...METHODS, "POST"])} ${path} HTTP/1.1`;
  return {
    name: "elsewhere",
    pieces: [head(start, lines)],
    allowed: new Set([...ANY, 503]),
    mayBeSilent: true,
  };
}

function damaged(random: Random): Case {
  const body = random.pick(bodies);
  const lines = plain.headers.map(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === "content-length") return `${name}: ${body.length}`;
    return `${name}: ${lower.endsWith("-secret") ? SECRET : value}`;
  });
  const whole = Buffer.concat([head("POST /misskey HTTP/1.1", lines), body]);
  // Mostly where the parser looks.
  const cut = random.chance(0.8) ? whole.length - body.length : whole.length;
  const bytes = Buffer.concat([mutate(whole.subarray(0, cut), random), whole.subarray(cut)]);
  return { name: "damaged", pieces: [bytes], allowed: new Set([...ANY, 503]), mayBeSilent: true };
}

function garbage(random: Random): Case {
  const bytes = random.pick([
    noise(random.int(1, 2_000), random),
    Buffer.from("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "latin1"),
    Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Buffer.from("\r\n".repeat(random.int(1, 500))),
    Buffer.from("POST"),
    Buffer.alloc(random.int(1, 60_000), 65),
  ]);
  return { name: "garbage", pieces: [bytes], allowed: new Set(), mayBeSilent: true };
}

/** Several on one connection, the last one cut off. */
function pipelined(random: Random): Case {
  const several = Array.from({ length: random.int(2, 5) }, () => authentic(random));
  const pieces = several.flatMap((each) => each.pieces);
  const last = pieces.pop() ?? Buffer.alloc(0);
  pieces.push(last.subarray(0, random.int(0, last.length)));
  return { name: "pipelined", pieces, allowed: new Set(KEPT), mayBeSilent: true };
}

const makers: readonly (readonly [share: number, make: (random: Random) => Case])[] = [
  [30, authentic],
  [8, chunked],
  [14, misfit],
  [8, unauthentic],
  [8, elsewhere],
  [22, damaged],
  [4, garbage],
  [6, pipelined],
];

export function makeCase(random: Random): Case {
  let draw = random.int(0, makers.reduce((sum, [share]) => sum + share, 0) - 1);
  for (const [share, make] of makers) {
    if (draw < share) return make(random);
    draw -= share;
  }
  return garbage(random);
}
