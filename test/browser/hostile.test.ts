/** What strangers write is text, wherever it is shown, and breaks no page. */
import { capture } from "@misskeep/testkit";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { withOwnEventId } from "../support/world.ts";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { makeDesk } from "./support/desk.ts";
import { accessFaults, overflow } from "./support/faults-of.ts";

const atEnd = atEndOfFile();
const IMAGE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const REVERSED = "\u202egnp.exe\u2066 {{count}} ${1} $t(common:retry)";
const LONG = "w".repeat(10_000);
const NO_DATE = Number.MAX_SAFE_INTEGER;

/** A renote, which dies at `translate`, whose author and text are of the worst kind. */
function hostileBody(): Buffer {
  const event = JSON.parse(capture("renote-quote").rawBody.toString("utf8")) as {
    createdAt: number;
    body: { note: { text: string; cw: string | null; user: { name: string } } };
  };
  event.createdAt = NO_DATE;
  const { note } = event.body;
  note.text = `${IMAGE} ${REVERSED} ${LONG}`;
  note.cw = `${IMAGE} ${REVERSED}`;
  note.user.name = `${IMAGE}${REVERSED}${"n".repeat(300)}`;
  return withOwnEventId(Buffer.from(JSON.stringify(event)));
}

test("markup, reversed and endless text from an event is shown as text and breaks no layout", async () => {
  const desk = await makeDesk({ atEnd, send: [] });
  const { body } = await desk.ingest.deliver("renote-quote", { body: hostileBody() });
  const { id } = body as { id: string };
  await expect.poll(async () => (await desk.letters()).length, { timeout: 30_000 }).toBe(1);
  const [letter] = await desk.letters();
  const why = `${IMAGE}${REVERSED}${"y".repeat(200)}`;
  // A whole number that is no date: the API takes it, and every page that shows it has to stand.
  await desk.console.post("mio", `/api/dead/groups/${letter!.group}/mute`, { why, until: NO_DATE });
  const browser = await startBrowser(atEnd);
  for (const width of [390, 1440]) {
    const { page, takeFaults } = await openPage(browser, desk.console, { width });
    const check = async (where: string): Promise<void> => {
      expect(await overflow(page), where).toEqual([]);
      expect(await page.locator("img[src=x], main script").count(), where).toBe(0);
      expect(await page.title(), where).not.toContain("owned");
      expect(await accessFaults(page), where).toEqual([]);
    };
    for (const path of ["/events", "/dead", "/dead/letters", `/dead/groups/${letter!.group}`]) {
      await page.goto(path);
      await page.getByText("onerror").filter({ visible: true }).first().waitFor();
      await check(path);
    }
    for (const path of [`/events/${id}`, `/dead/letters/translate/${letter!.id}`]) {
      await page.goto(path);
      await page.getByRole("button", { name: "Show the text" }).click();
      await page.getByText(LONG.slice(0, 500)).filter({ visible: true }).first().waitFor();
      await page.getByRole("button", { name: "Show the raw body" }).click();
      await page.getByText('"eventId"').filter({ visible: true }).first().waitFor();
      await check(path);
      expect(await isolated(page), path).toBe(true);
    }
    expect(takeFaults()).toEqual([]);
    await page.close();
  }
  // So is what a person of our own wrote.
  await desk.console.post("mio", "/api/dead/discard", {
    processor: "translate",
    ids: [letter!.id],
    why,
    count: 1,
  });
  const { page, takeFaults } = await openPage(browser, desk.console, { width: 390 });
  for (const path of ["/discarded", "/audit"]) {
    await page.goto(path);
    await page.getByText("onerror").filter({ visible: true }).first().waitFor();
    expect(await overflow(page), path).toEqual([]);
  }
  expect(takeFaults()).toEqual([]);
});

/** Whether an override of the writing's direction ends with the text that it is in: in an element of its own. */
function isolated(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.includes("\u202e")) continue;
      const { unicodeBidi, display } = getComputedStyle(node.parentElement!);
      if (display === "inline" && !unicodeBidi.startsWith("isolate")) return false;
    }
    return true;
  });
}

test("the policy refuses a script in the page, and that would be noticed", async () => {
  const desk = await makeDesk({ atEnd, send: [] });
  const { page, takeFaults } = await openPage(await startBrowser(atEnd), desk.console);
  await page.goto("/");
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  expect(takeFaults()).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'owned'";
    document.body.append(script);
  });
  expect(await page.title()).not.toBe("owned");
  await expect.poll(() => takeFaults().join("\n")).toContain("Content Security Policy");
});
