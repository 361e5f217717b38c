/** Working with dead letters, as a person does it. */
import type { Browser, Page } from "playwright-core";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { answer, type Desk, makeDesk, TRANSLATED } from "./support/desk.ts";

const atEnd = atEndOfFile();
let desk: Desk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([makeDesk({ atEnd }), startBrowser(atEnd)]);
});

/** A window that has to have had no error by the end. */
async function open(path: string): Promise<Page> {
  const { page, context, takeFaults } = await openPage(browser, desk.console);
  onTestFinished(async () => {
    await context.close();
    expect(takeFaults()).toEqual([]);
  });
  await page.goto(path);
  return page;
}

const rows = (page: Page) => page.getByRole("table", { name: "Dead letters" }).locator("tbody tr");

/** The page of the group whose error has this name. */
async function groupOf(error: string): Promise<string> {
  const found = (await desk.groups()).find(({ error: { name } }) => name === error);
  if (!found) throw new Error(`no group of ${error}`);
  return `/dead/groups/${found.group}`;
}

test("keeps conditions in the address, where the browser's back button and a reload find them", async () => {
  const page = await open("/dead/letters");
  await rows(page).first().waitFor();
  const all = await rows(page).count();
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByLabel("Event type").fill("renote");
  await page.getByLabel("Event type").press("Enter");
  await page.waitForURL(/type=renote/);
  await expect.poll(() => rows(page).count()).toBeLessThan(all);
  const renotes = await rows(page).count();
  expect(await rows(page).getByText("PermanentError").count()).toBe(renotes);
  await page.reload();
  await expect.poll(() => rows(page).count()).toBe(renotes);
  await rows(page).first().getByRole("link").first().click();
  await page.getByRole("heading", { name: "What went wrong" }).waitFor();
  await page.goBack();
  await expect.poll(() => rows(page).count()).toBe(renotes);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => rows(page).count()).toBe(all);
});

test("says what to do about an address that makes no sense", async () => {
  const { page, context } = await openPage(browser, desk.console);
  onTestFinished(() => context.close());
  await page.goto("/dead/letters?cursor=nonsense");
  await page.getByText("This place in the list is no longer valid.").waitFor();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await rows(page).first().waitFor();
  for (const path of ["/events?cursor=nonsense", "/audit?cursor=nonsense"]) {
    await page.goto(path);
    await page.getByRole("button", { name: "Go to the first page" }).click();
    await page.getByRole("main").getByRole("alert").waitFor({ state: "detached" });
  }
  for (const path of [
    "/dead/letters/translate/0-1-0",
    "/events/0-1-0",
    "/events/nonsense",
    "/dead/groups/nothing",
    "/runs/nothing",
  ]) {
    await page.goto(path);
    await page
      .getByText(
        /no longer dead|There is no such event|no event id|All its letters were|There is no such run/,
      )
      .first()
      .waitFor();
    // And nothing stands there as if it were still to come.
    expect(await page.getByRole("status", { name: "Loading" }).count(), path).toBe(0);
  }
});

test("replays a group: plan, run, result", async () => {
  const group = await groupOf("TypeError");
  const page = await open(group);
  desk.world.receiver.answerWith((request) => (request.path === "/translate" ? TRANSLATED : answer(request)));
  onTestFinished(() => desk.world.receiver.answerWith(answer));
  await page.getByRole("button", { name: "Replay…" }).click();
  const dialog = page.getByRole("dialog");
  const count = Number(
    await dialog.locator("strong, .mantine-Text-root").filter({ hasText: /^\d+$/ }).first().innerText(),
  );
  await dialog.getByLabel("Name").fill("After the mending");
  await dialog.getByLabel("Reason").fill("it is mended");
  await dialog.getByRole("button", { name: `Replay ${count}` }).click();
  await page.waitForURL(/\/runs\//);
  await page.getByText(`${count} of ${count}`).waitFor();
  await page.getByText("Done", { exact: true }).waitFor();
  await expect.poll(() => page.getByRole("row").filter({ hasText: "Handled" }).count()).toBe(count);
  await page.goto("/audit");
  await page.getByText("it is mended").waitFor();
});

test("discards only when the right number is typed and a reason given, and recovers", async () => {
  const page = await open("/dead/letters?processor=translate&type=renote");
  await page
    .getByRole("checkbox", { name: /^Select the letter/ })
    .nth(0)
    .check();
  await page
    .getByRole("checkbox", { name: /^Select the letter/ })
    .nth(1)
    .check();
  const before = await rows(page).count();
  let asked = 0;
  page.on("request", (request) => void (asked += request.url().endsWith("/api/dead/discard") ? 1 : 0));
  await page.getByRole("button", { name: "Discard…" }).click();
  const dialog = page.getByRole("dialog", { name: "Discard 2 letters?" });
  await dialog.getByLabel("Type 2 to confirm").fill("3");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await dialog.getByText("That is not 2.").waitFor();
  await dialog.getByText("Say why.").waitFor();
  await dialog.getByLabel("Reason").fill("these were tests");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await dialog.getByText("Say why.").waitFor({ state: "detached" });
  await dialog.getByText("That is not 2.").waitFor();
  expect(asked).toBe(0);
  await dialog.getByLabel("Type 2 to confirm").fill("2");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await page.getByText("2 letters discarded").waitFor();
  await expect.poll(() => rows(page).count()).toBe(before - 2);
  await page.goto("/discarded");
  await page.getByText("these were tests").first().waitFor();
  const recover = page.getByRole("button", { name: /^Recover the letter/ });
  expect(await recover.count()).toBe(2);
  await recover.first().click();
  await expect.poll(() => recover.count()).toBe(1);
  await expect
    .poll(async () => (await desk.letters("processor=translate&type=renote")).length)
    .toBe(before - 1);
});

test("shows what an edit changes and whether it fits, and keeps the original", async () => {
  const [letter] = await desk.letters("processor=translate&type=renote");
  const page = await open(`/dead/letters/translate/${letter!.id}`);
  await page.getByRole("button", { name: "Edit and replay…" }).click();
  const body = page.getByLabel("Body (JSON)");
  const original = await body.inputValue();
  await body.fill(`${original},`);
  await page.getByText("This is no JSON").waitFor();
  await body.fill(original.replace(/"note": \{/, '"note": 1, "other": {'));
  await page.getByText("It does not fit what the processor expects:").waitFor();
  await body.fill(original.replace('"type": "renote"', '"type": "note"'));
  await page.getByText("It fits what the processor expects.").waitFor();
  const changes = page.getByRole("region", { name: "Changes" });
  await changes.getByText('"type": "renote"').waitFor();
  await changes.getByText('"type": "note"').waitFor();
  await page.getByLabel("Reason").fill("a wrong type");
  await page.getByRole("button", { name: "Replay the edited one" }).click();
  await page.waitForURL(/\/events\//);
  await page.getByText("an edited replay").first().waitFor();
  await page.goto(`/dead/letters/translate/${letter!.id}`);
  await page.getByRole("heading", { name: "Edited replays" }).waitFor();
  await page.getByRole("button", { name: "Show the raw body" }).click();
  await page.getByText('"type": "renote"').waitFor();
  expect(await page.getByText('"type": "note"').count()).toBe(0);
});

test("a resolved group comes back by itself when a letter dies in it again", async () => {
  const page = await open(await groupOf("Error"));
  await page.getByRole("button", { name: "More actions for this group" }).click();
  await page.getByRole("menuitem", { name: "Resolve…" }).click();
  const dialog = page.getByRole("dialog", { name: "Resolve this group?" });
  await dialog.getByLabel("Reason").fill("the service is back");
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await page.getByText("Resolved by mio").waitFor();
  await page
    .getByRole("link", { name: /^Dead letters/ })
    .first()
    .click();
  await page.getByRole("combobox", { name: "State" }).selectOption("all");
  const row = page.getByRole("listitem").filter({ hasText: "answered 503" });
  await row.getByText("Resolved", { exact: true }).waitFor();
  // Nothing is clicked or loaded from here on.
  await desk.ingest.deliver("reply-simple", { fresh: true });
  await row.getByText("Came back").waitFor();
  expect(await row.getByText("Resolved", { exact: true }).count()).toBe(0);
});

test("pages through more letters than a page holds, there and back", async () => {
  for (let i = 0; i < 60; i += 1) await desk.ingest.deliver("renote-quote", { fresh: true });
  await expect
    .poll(async () => (await desk.letters("processor=translate&type=renote")).length, { timeout: 60_000 })
    .toBeGreaterThan(60);
  const all = (await desk.letters("processor=translate&type=renote")).map(({ id }) => id);
  const page = await open("/dead/letters?processor=translate&type=renote");
  const seen: string[] = [];
  const readPage = async (): Promise<void> => {
    const names = await page
      .getByRole("checkbox", { name: /^Select the letter/ })
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label") ?? ""));
    seen.push(...names.map((name) => name.replace("Select the letter ", "")));
  };
  await expect.poll(() => rows(page).count()).toBe(50);
  await readPage();
  const first = await rows(page).first().innerText();
  await page.getByRole("button", { name: "Next" }).click();
  await expect.poll(() => rows(page).count()).toBe(all.length - 50);
  await readPage();
  expect(seen.toSorted()).toEqual(all.toSorted());
  await page.goBack();
  await expect.poll(() => rows(page).count()).toBe(50);
  expect(firstLine(await rows(page).first().innerText())).toBe(firstLine(first));
});

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
