/** The page without a mouse. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { makeDesk } from "./support/desk.ts";

const atEnd = atEndOfFile();
const TABS = 80;

/** Presses Tab until what has the focus is called this. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < TABS; i += 1) {
    await page.keyboard.press("Tab");
    const focused = await nameOfFocused(page);
    seen.push(focused);
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to ${seen.join(" | ")}`);
}

function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return (
      focused?.getAttribute("aria-label") ??
      (focused === document.body ? "" : (focused?.textContent?.trim() ?? ""))
    );
  });
}

/** Opens a menu. A key that is pressed while the menu of before still closes is lost, as it would be to a person. */
async function openMenu(page: Page, trigger: string, item: string): Promise<void> {
  const opened = page.getByRole("menuitem", { name: item });
  await expect
    .poll(async () => {
      const isThere = await opened.isVisible();
      if (!isThere && (await nameOfFocused(page)) === trigger) await page.keyboard.press("Enter");
      return isThere;
    })
    .toBe(true);
}

test("leads by Tab to the content, the navigation, a menu and a dialog, and back from there by Escape", async () => {
  const desk = await makeDesk({ atEnd, send: ["renote-quote"] });
  const { page, takeFaults } = await openPage(await startBrowser(atEnd), desk.console);
  await page.goto("/");
  await page.getByText("1 dead letter waits for you.").waitFor();
  await page.keyboard.press("Tab");
  expect(await nameOfFocused(page)).toBe("Skip to the content");
  await tabTo(page, /^Dead letters/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Dead letters" }).waitFor();
  await page.getByText("does not know this language").waitFor();
  // The keyboard is in the content after going somewhere.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");

  await tabTo(page, "Replay…");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Replay dead letters" });
  await dialog.getByLabel("Name").waitFor();
  // Focus stays in the dialog, however often Tab is pressed.
  for (let i = 0; i < 20; i += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=dialog]") !== null)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => nameOfFocused(page)).toBe("Replay…");

  await tabTo(page, "More actions for this group");
  await openMenu(page, "More actions for this group", "Resolve…");
  await page.keyboard.press("Escape");
  await expect.poll(() => nameOfFocused(page)).toBe("More actions for this group");
  await openMenu(page, "More actions for this group", "Resolve…");
  await expect
    .poll(async () => {
      await page.keyboard.press("ArrowDown");
      return nameOfFocused(page);
    })
    .toBe("Resolve…");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: /this group/ }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => nameOfFocused(page)).toBe("More actions for this group");

  // What was focused is to be seen.
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(outline).not.toBe("none");
  await page.goto("/dead/letters");
  await page.getByText("does not know this language").waitFor();
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("placeholder"))).toBe(
    "In the body or the message",
  );
  expect(takeFaults()).toEqual([]);
});
