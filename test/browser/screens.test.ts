/**
 * Every screen over real data, narrow and wide, in dark and light: it renders, breaks no rule of access that matters,
 * reports no error and sticks out nowhere. With `SCREENSHOTS`, a picture of each lies in that folder.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, type PageOptions, startBrowser, type WatchedPage } from "./support/browser.ts";
import { type Desk, liveThroughADay, makeDesk } from "./support/desk.ts";
import { accessFaults, overflow, untranslated } from "./support/faults-of.ts";
import { type Places, type Screen, screens } from "./support/screens.ts";

const PICTURES = process.env["SCREENSHOTS"];
const atEnd = atEndOfFile();
let desk: Desk;
let browser: Browser;
let places: Places;

beforeAll(async () => {
  [desk, browser] = await Promise.all([makeDesk({ atEnd, history: true }), startBrowser(atEnd)]);
  const { run, edited } = await liveThroughADay(desk);
  const group = (await desk.groups()).find(({ error }) => error.name === "Error");
  places = { event: desk.events.get("note-cw-special-chars")!, group: group!.group, letter: edited, run };
});

describe.each([1440, 390])("at %i px", (width) => {
  describe.each(["light", "dark"] as const)("in %s", (scheme) => {
    let window: WatchedPage;
    beforeAll(async () => {
      window = await openPage(browser, desk.console, { width, scheme });
      return () => window.context.close();
    });

    test.each(screens)("shows $name", async (screen) => {
      const { page, takeFaults } = window;
      await show(page, screen);
      await picture(page, `${screen.name}-${width}-${scheme}`);
      expect(await accessFaults(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
      expect(takeFaults()).toEqual([]);
    });
  });
});

describe("in Japanese", () => {
  let window: WatchedPage;
  beforeAll(async () => {
    window = await openPage(browser, desk.console, { width: 390, locale: "ja-JP" });
    return () => window.context.close();
  });

  test.each(screens.filter(({ open }) => open === undefined))("shows $name", async (screen) => {
    const { page, takeFaults } = window;
    await page.goto(screen.path(places));
    await page.getByText(screen.shows).filter({ visible: true }).first().waitFor();
    await settled(page);
    await picture(page, `${screen.name}-ja`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("ja");
    expect(await page.title()).toMatch(/[ぁ-んァ-ヶ一-龠]|Error|The service/);
    expect(await untranslated(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    expect(takeFaults()).toEqual([]);
  });
});

test("the documentation's pictures show what they are about", async () => {
  const take = async (
    name: string,
    options: PageOptions,
    look: (page: Page) => Promise<void>,
  ): Promise<void> => {
    const { page, context, takeFaults } = await openPage(browser, desk.console, options);
    await look(page);
    await settled(page);
    await picture(page, `docs/${name}`, false);
    expect(takeFaults(), name).toEqual([]);
    await context.close();
  };
  const screen = (name: string): Screen => screens.find((each) => each.name === name)!;
  await take("overview", {}, async (page) => {
    await show(page, screen("overview"));
    await page.locator(".recharts-area-curve, .recharts-line-curve").nth(2).waitFor();
  });
  await take("dead-letters", { scheme: "dark" }, (page) => show(page, screen("groups")));
  await take("event", {}, async (page) => {
    const again = desk.events.get("reply-cw-poll")!;
    await page.goto(`/events/${again}`);
    await page.getByText("translate: attempt 1").first().waitFor();
  });
  await take("replay-plan", {}, (page) => show(page, screen("replay-plan")));
  await take("phone", { width: 390, scheme: "dark" }, (page) => show(page, screen("overview")));
  await take("overview-ja", { locale: "ja-JP" }, async (page) => {
    await page.goto("/");
    await page.locator(".recharts-area-curve, .recharts-line-curve").nth(2).waitFor();
  });
});

async function show(page: Page, { path, heading, shows, open }: Screen): Promise<void> {
  await page.goto(path(places));
  await open?.(page);
  await page.getByRole("heading", { name: heading }).first().waitFor();
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  await settled(page);
}

/** Until nothing stands where something is still to come. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".mantine-Skeleton-root") === null);
}

/** @param fullPage whether what has to be scrolled to is on it */
async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  if (PICTURES === undefined) return;
  const path = join(PICTURES, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage });
}
