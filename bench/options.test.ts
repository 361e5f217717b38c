import { expect, test } from "vitest";
import { quick, whole } from "./measure/sizes.ts";
import { parseOptions } from "./options.ts";

test("without arguments all is measured, and the page is written", () => {
  const options = parseOptions([]);
  expect(options.only).toEqual(["door", "path", "latency", "scale"]);
  expect(options.sizes).toEqual(whole);
  expect(options.docs).toMatch(/docs$/);
});

test("a quick run, and one of a part, leave the page as it is", () => {
  expect(parseOptions(["--quick"])).toMatchObject({ sizes: quick, docs: undefined });
  expect(parseOptions(["--only", "door,path"])).toMatchObject({ only: ["door", "path"], docs: undefined });
});

test("help is asked for in two ways", () => {
  expect(parseOptions([]).isAsking).toBe(false);
  for (const asked of ["--help", "-h"]) expect(parseOptions([asked]).isAsking).toBe(true);
});

test.each([
  [["--rounds", "0"], /whole number/],
  [["--only", "dor"], /no dor/],
  [["--fast"], /--fast/],
])("%j is refused", (args, why) => {
  expect(() => parseOptions(args)).toThrow(why);
});
