import { expect, test } from "vitest";
import { mismatchLog } from "./mismatches.ts";
import { testLog, type LogLine } from "./test-support/logs.ts";

test("a mismatch is logged once per type and path, and counted each time", () => {
  const lines: LogLine[] = [];
  const counted: string[] = [];
  const take = mismatchLog(testLog(lines), (type) => void counted.push(type));
  const text = { path: "body.note.text", message: "expected string" };
  const files = { path: "body.note.files", message: "expected array" };
  take("note", [text]);
  take("note", [text, files]);
  take("reply", [text]);
  expect(
    lines.map(({ level, fields }) => [level, fields["type"], fields["path"], fields["problem"]]),
  ).toEqual([
    ["warn", "note", text.path, text.message],
    ["warn", "note", files.path, files.message],
    ["warn", "reply", text.path, text.message],
  ]);
  expect(counted).toEqual(["note", "note", "note", "reply"]);
});

test("a server that always changes fills neither the log nor memory", () => {
  const lines: LogLine[] = [];
  let counted = 0;
  const take = mismatchLog(testLog(lines), () => void (counted += 1));
  for (let i = 0; i < 3_000; i += 1) take("note", [{ path: `body.x${i}`, message: "unexpected" }]);
  expect(lines).toHaveLength(1_000);
  expect(counted).toBe(3_000);
});
