import type { Page } from "playwright-core";

/** What the addresses of some screens hold. */
export interface Places {
  readonly event: string;
  readonly group: string;
  readonly letter: string;
  readonly run: string;
}

export interface Screen {
  /** Names its pictures. */
  readonly name: string;
  readonly path: (places: Places) => string;
  /** The heading in English. */
  readonly heading: string | RegExp;
  /** What shows that its data is there, in either language. */
  readonly shows: string | RegExp;
  /** Opens what the screen is about, such as a dialog. Works in English only. */
  readonly open?: (page: Page) => Promise<void>;
}

/** Every screen and the dialogs that matter. */
export const screens: readonly Screen[] = [
  { name: "overview", path: () => "/", heading: "Overview", shows: "translate" },
  {
    name: "groups",
    path: () => "/dead?state=all",
    heading: "Dead letters",
    shows: /does not know this language/,
  },
  { name: "group", path: ({ group }) => `/dead/groups/${group}`, heading: /Error/, shows: "translate" },
  { name: "letters", path: () => "/dead/letters", heading: "Dead letters", shows: /answered 503/ },
  {
    name: "letter",
    path: ({ letter }) => `/dead/letters/translate/${letter}`,
    heading: "Dead letter",
    shows: /does not know this language/,
  },
  { name: "discarded", path: () => "/discarded", heading: "Discarded", shows: "only tests" },
  { name: "runs", path: () => "/runs", heading: "Runs", shows: "The service is back" },
  {
    name: "run",
    path: ({ run }) => `/runs/${run}`,
    heading: "The service is back",
    shows: "it was away for an hour",
  },
  { name: "events", path: () => "/events", heading: "Events", shows: "followed" },
  { name: "event", path: ({ event }) => `/events/${event}`, heading: /^Event 0-/, shows: "upload" },
  { name: "backfill", path: () => "/backfill", heading: "Backfill", shows: /sec\. ago|min\. ago|秒前|分前/ },
  { name: "processors", path: () => "/processors", heading: "Processors", shows: /WELCOME_TEXT/ },
  { name: "workers", path: () => "/workers", heading: "Workers", shows: "preview" },
  { name: "audit", path: () => "/audit", heading: "Audit", shows: "the ticket system moves" },
  { name: "erase", path: () => "/erase", heading: "Erase", shows: /@alice@example.tld/ },
  { name: "not-found", path: () => "/nowhere", heading: "There is no such page", shows: "Misskeep" },
  {
    name: "replay-plan",
    path: ({ group }) => `/dead/groups/${group}`,
    heading: "Replay dead letters",
    shows: "Jobs a second",
    open: async (page) => {
      await page.getByRole("button", { name: "Replay…" }).first().click();
      await page.getByRole("dialog").getByText("By type").waitFor();
    },
  },
  {
    name: "edit",
    path: ({ letter }) => `/dead/letters/translate/${letter}`,
    heading: "Edit and replay",
    shows: "Nothing is changed yet.",
    open: async (page) => {
      await page.getByRole("button", { name: "Edit and replay…" }).click();
      await page.getByLabel("Body (JSON)").waitFor();
    },
  },
  {
    name: "selection",
    path: () => "/dead/letters?processor=translate",
    heading: "Dead letters",
    shows: /letters selected/,
    open: async (page) => {
      await page.getByRole("checkbox").nth(1).check();
      await page.getByRole("checkbox").nth(2).check();
    },
  },
];
