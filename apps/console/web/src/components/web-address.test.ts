import { expect, test } from "vitest";
import { isWebAddress } from "./web-address.ts";

test("takes web addresses", () => {
  expect(isWebAddress("https://example.tld/notes/9x")).toBe(true);
  expect(isWebAddress("http://example.tld")).toBe(true);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>1</script>",
  "blob:https://example.tld/1",
  "/notes/9x",
  "https",
  "",
])("refuses %j", (text) => {
  expect(isWebAddress(text)).toBe(false);
});
