import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readConfig } from "./read-config.ts";

const config = z.object({
  TARGET_URL: z.url(),
  TARGET_SECRET: z.string().min(8),
  TARGET_LIMIT: z.coerce.number().int().optional(),
  TARGET_MODE: z.enum(["fast", "slow"]).default("slow"),
});
const settings = { TARGET_URL: "https://target.example/", TARGET_SECRET: "long-enough" };

describe("readConfig", () => {
  it("is on with what is required; defaults are filled in and other variables left out", () => {
    expect(readConfig({ config }, { ...settings, TARGET_LIMIT: "5", HOME: "/root" })).toEqual({
      status: "on",
      config: { ...settings, TARGET_LIMIT: 5, TARGET_MODE: "slow" },
    });
  });

  it("is on without any settings to read", () => {
    expect(readConfig({ config: z.object({}) }, {})).toEqual({ status: "on", config: {} });
  });

  it.each([{}, { TARGET_URL: "", TARGET_SECRET: undefined }])(
    "is off where what is required is absent: %j",
    (given) => {
      expect(readConfig({ config }, given)).toEqual({
        status: "off",
        missing: ["TARGET_URL", "TARGET_SECRET"],
        partly: false,
      });
    },
  );

  it("is off, and says that somebody may have wanted it, where a part of it is absent", () => {
    expect(readConfig({ config }, { TARGET_URL: settings.TARGET_URL })).toEqual({
      status: "off",
      missing: ["TARGET_SECRET"],
      partly: true,
    });
  });

  it.each([
    ["TARGET_URL", { ...settings, TARGET_URL: "planted" }],
    ["TARGET_SECRET", { ...settings, TARGET_SECRET: "planted" }],
    ["TARGET_MODE", { ...settings, TARGET_MODE: "planted" }],
    ["TARGET_LIMIT", { ...settings, TARGET_LIMIT: "planted" }],
    // A mistake is to be seen even where the processor would be off.
    ["TARGET_URL", { TARGET_URL: "planted" }],
  ])("is invalid for a wrong %s, and never quotes it", (name, given) => {
    const reading = readConfig({ config }, given);
    expect(reading).toMatchObject({ status: "invalid", mistakes: [expect.stringMatching(`^${name}: `)] });
    expect(JSON.stringify(reading)).not.toContain("planted");
  });

  it("tells every mistake", () => {
    const reading = readConfig({ config }, { TARGET_URL: "x", TARGET_SECRET: "x" });
    expect(reading).toMatchObject({ mistakes: [expect.anything(), expect.anything()] });
  });

  describe("with a rule about several settings", () => {
    const either = z
      .object({ TOKEN: z.string().optional(), PASSWORD: z.string().optional(), USER: z.string().optional() })
      .refine(({ TOKEN, PASSWORD }) => TOKEN !== undefined || PASSWORD !== undefined, "set one of them");

    it("is off where none is given, and invalid where the wrong ones are", () => {
      const names = "TOKEN, PASSWORD, USER";
      expect(readConfig({ config: either }, {})).toEqual({ status: "off", missing: [names], partly: false });
      expect(readConfig({ config: either }, { USER: "planted" })).toEqual({
        status: "invalid",
        mistakes: [`${names}: set one of them`],
      });
      expect(readConfig({ config: either }, { TOKEN: "t" })).toMatchObject({ status: "on" });
    });
  });
});
