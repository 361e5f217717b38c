import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { makeDesk } from "./support/desk.ts";

const atEnd = atEndOfFile();

/** Where Enter would lead. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("href"));

test("j and k lead from letter to letter, and Enter opens one", async () => {
  const desk = await makeDesk({ atEnd, send: ["renote-quote", "renote-pure", "reply-simple"] });
  const { page, takeFaults } = await openPage(await startBrowser(atEnd), desk.console);
  await page.goto("/dead/letters");
  const rows = page.getByRole("table").locator("tbody tr");
  await rows.nth(1).waitFor();
  const links = await rows.locator("td a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links.length).toBeGreaterThan(1);

  for (const [key, row] of [
    ["j", 0],
    ["j", 1],
    ["k", 0],
    // There is none before the first.
    ["k", 0],
    ["ArrowDown", 1],
    ["ArrowUp", 0],
  ] as const) {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(links[row]);
  }
  // From a row's checkbox as well.
  await rows.nth(0).getByRole("checkbox").check();
  await page.keyboard.press("j");
  expect(await focused(page)).toBe(links[1]);

  // In a field they are letters.
  await page.keyboard.press("/");
  await page.keyboard.type("jk");
  expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("jk");

  await page.goto("/dead/letters");
  await rows.nth(1).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit and replay…" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(links[0]);
  expect(takeFaults()).toEqual([]);
});
