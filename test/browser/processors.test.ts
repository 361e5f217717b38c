/** Pausing and resuming a processor. */
import { expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { makeDesk } from "./support/desk.ts";

const atEnd = atEndOfFile();

test("a paused processor keeps its events, and handles them when it is resumed", async () => {
  const desk = await makeDesk({ atEnd, send: ["note-plain-japanese"] });
  const { page, takeFaults } = await openPage(await startBrowser(atEnd), desk.console);
  await page.goto("/processors");
  const archive = page.locator("#archive");
  await archive.getByRole("button", { name: "Pause" }).click();
  const dialog = page.getByRole("dialog", { name: "Pause archive?" });
  await dialog.getByLabel("Reason").fill("the disk is full");
  await dialog.getByRole("button", { name: "Pause" }).click();
  await archive.getByText("Paused by mio: the disk is full").waitFor();
  await desk.ingest.deliver("note-plain-japanese", { fresh: true });
  // The overview says so, without a reload.
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByText("archive is paused by mio. 1 wait.").waitFor();
  await page.getByRole("link", { name: "See the processor" }).click();
  await archive.getByRole("button", { name: "Resume" }).click();
  await archive.getByText("on", { exact: true }).waitFor();
  await expect.poll(async () => (await desk.world.ended("archive")).completed, { timeout: 30_000 }).toBe(2);
  expect(takeFaults()).toEqual([]);
});
