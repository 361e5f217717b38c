import { defineProcessor, handled, type Processor } from "@misskeep/processor";
import { expect, test } from "vitest";
import * as z from "zod";
import { chooseProcessors } from "./choose-processors.ts";

const make = (name: string, config?: z.ZodObject): Processor =>
  defineProcessor({ name, on: "*", config, handle: () => handled() });
const free = make("free");
const needy = make("needy", z.object({ TARGET_URL: z.url(), COLOR: z.string().optional() }));
const ALL = [free, needy];

test("runs every processor whose settings are there", () => {
  expect(chooseProcessors(ALL, undefined, { TARGET_URL: "https://example.com" })).toEqual({
    on: [
      { processor: free, config: {}, settings: [] },
      {
        processor: needy,
        config: { TARGET_URL: "https://example.com" },
        settings: [
          { name: "TARGET_URL", isSet: true, value: "https://example.com", secret: true },
          { name: "COLOR", isSet: false, value: null, secret: true },
        ],
      },
    ],
    off: [],
    mistakes: [],
  });
});

test("leaves a processor off whose required setting is absent or empty, and says which", () => {
  for (const values of [{}, { TARGET_URL: "" }, { COLOR: "red" }])
    expect(chooseProcessors(ALL, undefined, values)).toMatchObject({
      on: [{ processor: free, config: {} }],
      off: [
        {
          name: "needy",
          why: "TARGET_URL is not set",
          settings: [{ name: "TARGET_URL", isSet: false }, { name: "COLOR" }],
        },
      ],
      mistakes: [],
    });
});

test("refuses a setting that is there and wrong, without showing it", () => {
  const { mistakes } = chooseProcessors(ALL, undefined, { TARGET_URL: "top-secret" });
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]?.problem).toContain("TARGET_URL");
  expect(JSON.stringify(mistakes)).not.toContain("top-secret");
});

test("runs only those in WORKER_PROCESSORS", () => {
  const { on, off, mistakes } = chooseProcessors(ALL, ["needy"], { TARGET_URL: "https://example.com" });
  expect(on.map(({ processor }) => processor.name)).toEqual(["needy"]);
  expect(off).toMatchObject([{ name: "free", why: "not in WORKER_PROCESSORS" }]);
  expect(mistakes).toEqual([]);
});

test("does not mind wrong settings of a processor that it does not run", () => {
  expect(chooseProcessors(ALL, ["free"], { TARGET_URL: "no url" }).mistakes).toEqual([]);
});

test("refuses WORKER_PROCESSORS that asks for what cannot run or is not there", () => {
  const { mistakes } = chooseProcessors(ALL, ["needy", "freee"], {});
  expect(mistakes).toEqual([
    {
      setting: "WORKER_PROCESSORS",
      problem: "asks for needy, which needs TARGET_URL",
      fix: "Set TARGET_URL, or leave needy out.",
    },
    {
      setting: "WORKER_PROCESSORS",
      problem: "names freee, which is no processor",
      fix: "There are free, needy.",
    },
  ]);
});

test("refuses two processors of one name: they would share a queue", () => {
  expect(chooseProcessors([free, make("free")], undefined, {}).mistakes).toMatchObject([
    { setting: "free", problem: "is the name of two processors" },
  ]);
});
