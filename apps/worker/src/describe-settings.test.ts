import { expect, test } from "vitest";
import * as z from "zod";
import { describeSettings } from "./describe-settings.ts";

function shown(schema: z.ZodType, value: string | undefined) {
  return describeSettings({ config: z.object({ SETTING: schema }) }, { SETTING: value })[0];
}

test.each([
  ["https://discord.com/api/webhooks/1/s3cret", "https://discord.com/••••"],
  ["https://s3cret.m.pipedream.net", "https://….pipedream.net"],
  ["https://hooks.slack.com/services/s3cret?s3cret#s3cret", "https://….slack.com/••••"],
  ["http://relay:8080", "http://relay:8080"],
  ["http://127.0.0.1:9000/s3cret", "http://127.0.0.1:9000/••••"],
  ["http://[::1]:9000/", "http://[::1]:9000"],
  ["HTTPS://me:s3cret@example.com/", "https://example.com/••••"],
  ["whsec_s3crets3cret", "•••• 18 characters"],
  ["s3cret", "•••• 6 characters"],
  ["redis://:s3cret@host", "•••• 20 characters"],
  ["https://", "•••• 8 characters"],
  ["鍵", "•••• 1 character"],
])("of a secret only what it is for is shown: %s as %s", (value, expected) => {
  const setting = shown(z.string(), value);
  expect(setting).toEqual({ name: "SETTING", isSet: true, value: expected, secret: true });
  expect(JSON.stringify(setting)).not.toContain("s3cret");
});

test.each([
  ["an author's word", z.string().meta({ secret: false })],
  ["a default over it", z.string().meta({ secret: false }).default("red")],
  ["a list of words", z.enum(["red", "blue"])],
  ["such a list that may be absent", z.enum(["red", "blue"]).optional()],
])("a value is shown by %s", (_, schema) => {
  expect(shown(schema, "red")).toEqual({ name: "SETTING", isSet: true, value: "red", secret: false });
});

test.each([
  ["numbers", z.coerce.number()],
  ["text that becomes a number", z.string().pipe(z.coerce.number())],
])("%s are no secrets", (_, schema) => {
  expect(shown(schema, "42")).toMatchObject({ value: "42", secret: false });
});

test.each([
  ["plain text", z.string()],
  ["text that may be absent", z.string().optional()],
  ["text that becomes other text", z.string().transform((text) => text.trim())],
  ["whatever", z.any()],
  ["a list that an author marks", z.enum(["s3cret"]).meta({ secret: true })],
])("%s is a secret, since nobody says otherwise", (_, schema) => {
  expect(JSON.stringify(shown(schema, "s3cret"))).not.toContain("s3cret");
});

test("a setting that is empty counts as not set, as where it is read", () => {
  for (const value of ["", undefined])
    expect(shown(z.string(), value)).toEqual({ name: "SETTING", isSet: false, value: null, secret: true });
});
