/** What looks for faults finds them; else no fault anywhere would mean nothing. */
import { expect, test } from "vitest";
import { atEndOfFile } from "./support/at-end-of-file.ts";
import { startBrowser } from "./support/browser.ts";
import { accessFaults, overflow, untranslated } from "./support/faults-of.ts";

const atEnd = atEndOfFile();

test("finds what cannot be read, what sticks out, and keys in place of texts", async () => {
  const page = await (await startBrowser(atEnd)).newPage({ viewport: { width: 390, height: 844 } });
  const good = `<!doctype html><html lang="en"><title>A page</title><main><h1>It is well</h1>`;
  await page.setContent(`${good}<p>misskey.</p><code>a.host</code></main>`);
  expect([await accessFaults(page), await overflow(page), await untranslated(page)]).toEqual([[], [], []]);

  await page.setContent(`${good}<button></button><p style="color: #bbb">Faint</p></main>`);
  expect((await accessFaults(page)).map((fault) => fault.split(":")[0])).toEqual(
    expect.arrayContaining(["button-name", "color-contrast"]),
  );
  await page.setContent(`${good}<p style="width: 400px">wide</p></main>`);
  expect((await overflow(page)).join()).toContain("wide");
  // A page that clips what sticks out cannot even be moved.
  await page.setContent(
    `${good}<style>html, body { overflow-x: clip }</style><p>${"w".repeat(500)}</p></main>`,
  );
  expect((await overflow(page)).join()).toContain("www");
  await page.setContent(`${good}<div style="overflow-x: auto"><p style="width: 400px">wide</p></div></main>`);
  expect(await overflow(page)).toEqual([]);
  await page.setContent(`${good}<p>dead:filter.more</p><input aria-label="filter.typeHelp"></main>`);
  expect(await untranslated(page)).toEqual(["dead:filter.more", "filter.typeHelp"]);
});
