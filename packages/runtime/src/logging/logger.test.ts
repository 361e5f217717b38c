import { describe, expect, it } from "vitest";
import { version } from "../version.ts";
import { createLogger } from "./logger.ts";
import { maskUrl } from "./mask-url.ts";

function openLog(level?: string) {
  const lines: string[] = [];
  const log = createLogger({ app: "ingest", level, destination: { write: (line) => void lines.push(line) } });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? "{}");
  return { log, lines, last };
}

it("writes JSON lines that say who wrote them", () => {
  const { log, last } = openLog();
  log.info({ eventId: "0-1-0" }, "accepted");
  expect(last()).toMatchObject({ level: "info", app: "ingest", pid: process.pid, version, eventId: "0-1-0" });
  expect(last()).toHaveProperty("host");
});

it("leaves out what is below its level", () => {
  const { log, lines } = openLog("warn");
  log.info("not this");
  log.warn("but this");
  expect(lines).toHaveLength(1);
});

describe("secrets", () => {
  it.each([
    "secret",
    "hookSecrets",
    "MISSKEY_TOKEN",
    "Authorization",
    "redisPassword",
    "set-cookie",
    "x-misskey-hook-secret",
    "X-Firefish-Hook-Secret",
  ])("are redacted by the name %s, at any depth and in child loggers", (name) => {
    const { log, lines } = openLog();
    log.info({ [name]: "hunter2", a: { b: [{ c: { [name]: ["hunter2"] } }] } }, "one");
    log
      .child({ [name]: "hunter2" })
      .child({ more: { [name]: "hunter2" } })
      .info("two");
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toContain("hunter2");
    expect(lines.join("")).toContain("[redacted]");
  });

  it("are not what only tells their length", () => {
    const { log, last } = openLog();
    log.info({ secretLengths: [16] });
    expect(last()["secretLengths"]).toEqual([16]);
  });

  it("are masked in the URLs of messages, fields and errors", () => {
    const { log, lines } = openLog();
    log.info(
      { url: "redis://:hunter2@h", parsed: new URL("redis://u:hunter2@h") },
      "to redis://u:hunter2@h/0",
    );
    log.error(new Error("no redis://u:hunter2@h"));
    expect(lines.join("")).not.toContain("hunter2");
  });
});

it("shows of an error its code and causes, not what hangs on it", () => {
  const { log, last } = openLog();
  const cause = Object.assign(new Error("inner"), { code: "ECONNRESET" });
  const error = Object.assign(new TypeError("outer", { cause }), { command: { args: ["a private note"] } });
  log.error({ err: error, failures: [error] }, "it failed");
  expect(last()["err"]).toMatchObject({
    type: "TypeError",
    message: "outer",
    stack: expect.stringContaining("logger.test"),
    cause: { message: "inner", code: "ECONNRESET" },
  });
  expect(JSON.stringify(last())).not.toContain("a private note");
});

it("survives errors and objects that go round in circles, and shows buffers by size", () => {
  const { log, last } = openLog();
  const error = new Error("round");
  error.cause = error;
  const circle: Record<string, unknown> = { body: Buffer.from("private") };
  circle["self"] = circle;
  log.warn({ err: error, circle });
  expect(last()["circle"]).toMatchObject({ body: "[7 bytes]" });
});

it.each([
  ["redis://h:6379/0", "redis://h:6379/0"],
  ["redis://:pw@h", "redis://:***@h"],
  ["rediss://user:p@ss@h/1", "rediss://user:***@h/1"],
  ["https://token@h/x", "https://***@h/x"],
  ["see redis://a:b@c and redis://d:e@f", "see redis://a:***@c and redis://d:***@f"],
  ["no url, a@b", "no url, a@b"],
])("masks %s", (text, masked) => {
  expect(maskUrl(text)).toBe(masked);
});

it("passes nothing on that a terminal would obey, in messages, fields and stacks", () => {
  const { log, lines, last } = openLog();
  const hostile = "a\u001b]0;title\u0007b\u009b31mc\u202ed\u0000e\rf\ud800g";
  log.warn({ type: hostile, deep: [{ type: hostile }], err: new Error(hostile) }, hostile);
  log.error(new Error(hostile));
  log.child({ name: hostile }).info("x");
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const line of lines) collect(JSON.parse(line));
  expect(texts.join("").replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
  expect(last()["name"]).toBe("a ]0;title b 31mc d e f g");
  log.info("two\n\tlines, ひらがな, 👩‍👩‍👧");
  expect(last()["msg"]).toBe("two\n\tlines, ひらがな, 👩‍👩‍👧");
});
