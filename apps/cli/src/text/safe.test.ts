import { describe, expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { escaped, harden, lines, oneLine, toJson } from "./safe.ts";

const ESC = "\u001B";
const EVIL = `${ESC}]0;title\u0007${ESC}[2J${ESC}[31mred\u009B5n\u202Egpj.exe\r\n\u2028\uD800\u0000`;
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/;

describe("oneLine", () => {
  test("leaves nothing that a terminal obeys, and no half of a sequence", () => {
    const clean = oneLine(EVIL);
    expect(clean).not.toMatch(OBEYED);
    expect(clean).not.toContain("\n");
    expect(clean).toBe("red 5ngpj.exe");
  });

  test("keeps what people write", () => {
    expect(oneLine("Alice 🌸 👩‍👩‍👧 キャロル ‘quoted’")).toBe("Alice 🌸 👩‍👩‍👧 キャロル ‘quoted’");
  });
});

test("lines keeps a stack's lines and nothing else of it", () => {
  expect(lines(`Error: ${ESC}[1mx\n    at a\n\tat b`)).toEqual(["Error: x", "at a", "at b"]);
});

test("escaped shows what would be obeyed, and toJson means the same value as before", () => {
  expect(escaped("a\u009Bb\u202E")).toBe("a\\u009bb\\u202e");
  const value = { name: EVIL, list: ["\u007F", "ok", "\u{E0041}"] };
  expect(toJson(value)).not.toMatch(OBEYED);
  expect(JSON.parse(toJson(value))).toEqual(value);
});

test("harden lets line ends and our own colours pass, and no other sequence", () => {
  const paint = createPaint(true);
  const ours = `${paint.red("a")}\n${paint.bold("b")}`;
  expect(harden(ours)).toBe(ours);
  expect(harden(`${ESC}[2J${ESC}[41mx\u009B`)).toBe(" [2J [41mx ");
});
