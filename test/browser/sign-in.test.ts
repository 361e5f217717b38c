/** Who gets in, and what those see who may only look. */
import type { Browser } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { TOKENS } from "../support/console.ts";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { openPage, startBrowser } from "./support/browser.ts";
import { type Desk, makeDesk } from "./support/desk.ts";
import { accessFaults } from "./support/faults-of.ts";

/** What these say is private; all are dead letters of `translate`. */
const send = ["reply-followers-only", "reply-simple", "note-direct"];
const atEnd = atEndOfFile();
let desk: Desk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([makeDesk({ atEnd, send }), startBrowser(atEnd)]);
});

test("asks for a token, refuses a wrong one, lets in with a right one, and out again", async () => {
  const { page, takeFaults } = await openPage(browser, desk.console, { who: null });
  await page.goto("/dead");
  await page.getByLabel("Token").fill("a-token-that-nobody-has");
  expect(await accessFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("That token is not one of CONSOLE_TOKENS.").waitFor();
  // Chromium reports each refusal.
  expect(takeFaults().filter((fault) => !fault.includes("401"))).toEqual([]);
  await page.getByLabel("Token").fill(TOKENS.mio);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Dead letters" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").waitFor();
  expect(await page.context().cookies()).toEqual([]);
  await page.goto("/dead/letters");
  await page.getByLabel("Token").waitFor();
  expect(await page.getByRole("heading", { name: "Dead letters" }).count()).toBe(0);
  expect(takeFaults()).toEqual([]);
});

test("who may only look finds no button that changes anything, and nothing private", async () => {
  const { page, takeFaults } = await openPage(browser, desk.console, { who: "ren" });
  const changing =
    /^(Replay|Discard|Recover|Resolve|Reopen|Mute|Edit|Pause|Resume|Remove|Erase|Look for|Count first|Export|Copy as curl|More actions)/;
  const places = [
    ["/dead", "the translation service answered 503"],
    ["/dead/letters", "the translation service answered 503"],
    [`/dead/letters/translate/${desk.events.get("reply-simple")!}`, "What went wrong"],
    ["/discarded", "Nothing was discarded"],
    ["/runs", "No runs yet"],
    ["/processors", "WELCOME_TEXT is not set"],
    ["/backfill", "Read-only access cannot start a backfill."],
    ["/erase", "Read-only access cannot erase."],
    [`/events/${desk.events.get("note-direct")!}`, "What happened"],
  ] as const;
  for (const [path, text] of places) {
    await page.goto(path);
    await page.getByText(text).first().waitFor();
    const buttons = await page.getByRole("button").or(page.getByRole("checkbox")).allInnerTexts();
    expect(
      buttons.filter((each) => changing.test(each)),
      path,
    ).toEqual([]);
    expect(await page.getByRole("main").getByRole("checkbox").count(), path).toBe(0);
  }
  // On the event's page, the last one.
  await page.getByText("Read-only access does not show private content.").first().waitFor();
  await page.getByText("Read-only", { exact: true }).waitFor();
  expect(takeFaults()).toEqual([]);
});

test("a private note is fetched only when somebody asks for it, and hidden again", async () => {
  const { page, takeFaults } = await openPage(browser, desk.console);
  const id = desk.events.get("note-direct")!;
  const bodies: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes(`/api/events/${id}`)) void response.text().then((body) => bodies.push(body));
  });
  const [secret] = /"text":"([^"]+)"/
    .exec((await desk.console.get("mio", `/api/events/${id}?content=1`)).text)!
    .slice(1);
  await page.goto(`/events/${id}`);
  await page.getByRole("heading", { name: "What happened" }).waitFor();
  await page.getByText("It can be private.").first().waitFor();
  expect(bodies.length).toBeGreaterThan(0);
  expect(bodies.filter((body) => body.includes(secret!))).toEqual([]);
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByText(secret!).waitFor();
  await page.getByRole("button", { name: "Hide it" }).click();
  await page.getByText(secret!).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show the raw body" }).click();
  await page.getByText(secret!).waitFor();
  expect(takeFaults()).toEqual([]);
});
