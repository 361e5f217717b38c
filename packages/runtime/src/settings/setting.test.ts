import { expect, it } from "vitest";
import { z } from "zod";
import { launcherSettings } from "./catalogues.ts";
import { listSettings, optionalSetting, setting } from "./setting.ts";
import { duration, text } from "./types.ts";

it("lists names, descriptions and defaults of our own settings", () => {
  const catalogue = z.object({
    waitMs: setting("WAIT", duration(), { describe: "How long.", default: "5s" }),
    key: optionalSetting("KEY", text(), { describe: "Opens.", secret: true }),
  });
  expect(listSettings(catalogue)).toMatchObject([
    {
      key: "waitMs",
      env: "WAIT",
      description: "How long.",
      defaultText: "5s",
      secret: false,
      required: false,
    },
    { key: "key", env: "KEY", description: "Opens.", defaultText: undefined, secret: true, required: false },
  ]);
});

it("lists the plain schema of a processor, however it is wrapped", () => {
  const catalogue = z.object({
    HOOK_URL: z.url().describe("Where to.").meta({ secret: true }),
    LANGUAGE: z.string().describe("Which.").default("en"),
    EXTRA: z.string().describe("More.").optional(),
  });
  expect(listSettings(catalogue)).toMatchObject([
    { env: "HOOK_URL", description: "Where to.", secret: true, required: true },
    { env: "LANGUAGE", description: "Which.", defaultText: "en", required: false },
    { env: "EXTRA", description: "More.", defaultText: undefined, required: false },
  ]);
});

it("shows what depends on the machine as words", () => {
  const memory = listSettings(launcherSettings).find(({ env }) => env === "REDIS_MAX_MEMORY");
  expect(memory?.defaultText).toBe("a quarter of RAM");
});
