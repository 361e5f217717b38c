/** What the page does while Redis is gone. */
import { ownRedis } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { makeDesk } from "./support/desk.ts";

const atEnd = atEndOfFile();

test("says that Redis is away and what it shows may be old, and goes on by itself when it is back", async () => {
  const redis = await ownRedis();
  atEnd(() => redis.stop());
  const desk = await makeDesk({ atEnd, redisUrl: redis.url, send: ["renote-quote"] });
  const browser = await startBrowser(atEnd);
  const { page } = await openPage(browser, desk.console);
  await page.goto("/");
  const dead = page.getByRole("link", { name: "Dead letters 1" });
  await dead.waitFor();
  const banner = page.getByText("Redis does not answer. What you see may be old");

  await redis.kill();
  await banner.waitFor();
  // What was there stays.
  expect(await dead.count()).toBe(1);
  // Another screen says so, too, and does not break.
  await page.getByRole("link", { name: "Workers" }).first().click();
  await page.getByRole("heading", { name: "Workers" }).waitFor();

  await redis.restart();
  await banner.waitFor({ state: "detached" });
  await page.getByText("1 live worker").waitFor();
  // New figures come, without a reload.
  const { deliver } = desk.ingest;
  await expect
    .poll(async () => (await deliver("renote-quote", { fresh: true })).status, { timeout: 30_000 })
    .toBe(202);
  await page.getByRole("link", { name: "Dead letters 2" }).waitFor();
});
