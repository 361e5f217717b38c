/** A real Chromium, and pages that remember whatever went wrong in them. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type ConsoleApi, TOKENS } from "../../support/console.ts";
import type { AtEnd } from "../../support/world.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What the page waits for may take this long on a machine that is ten times slower. */
const PATIENCE_MS = 45_000;

export interface PageOptions {
  /** Signed in as; null: nobody. @default "mio" */
  readonly who?: keyof typeof TOKENS | null;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly locale?: "en-GB" | "ja-JP";
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the browser's console since last asked: faults of scripts, refusals by the policy, failed loads. */
  takeFaults(): string[];
}

/** Starts the browser that `CHROMIUM` names, by its path or by its name on PATH. */
export async function startBrowser(atEnd: AtEnd): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findProgram(process.env["CHROMIUM"] ?? "chromium"),
    args: FLAGS,
  });
  atEnd(() => browser.close());
  return browser;
}

/** A window of its own, with its own cookies. */
export async function openPage(
  browser: Browser,
  { url }: ConsoleApi,
  { who = "mio", width = 1440, scheme = "light", locale = "en-GB" }: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: scheme,
    locale,
    timezoneId: "Asia/Tokyo",
    // Nothing is asked about while it moves.
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (who !== null) {
    const answer = await context.request.post("/api/session", { data: { token: TOKENS[who] } });
    if (!answer.ok()) throw new Error(`${who} could not sign in: ${await answer.text()}`);
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} (${message.location().url})`);
  });
  return { page, context, takeFaults: () => faults.splice(0) };
}

function findProgram(name: string): string {
  if (name.includes("/")) return name;
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no ${name} on PATH: install Chromium, or set CHROMIUM`);
  return found;
}
