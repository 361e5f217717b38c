import { expect, test } from "vitest";
import { toUrl } from "./to-url.ts";

test("leaves out what says nothing, and keeps zero and false", () => {
  expect(toUrl("/dead", { a: undefined, b: null, c: "", d: 0, e: false, f: "x" })).toBe(
    "/api/dead?d=0&e=false&f=x",
  );
  expect(toUrl("/dead")).toBe("/api/dead");
});

test("escapes what a person typed", () => {
  expect(toUrl("/dead", { text: "a&b=c #d", person: "@alice@example.tld" })).toBe(
    "/api/dead?text=a%26b%3Dc+%23d&person=%40alice%40example.tld",
  );
});
