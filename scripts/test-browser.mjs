// @ts-check
/**
 * `npm run test:browser`: the console's page in a real Chromium, every screen of it.
 *
 * | variable | meaning |
 * |---|---|
 * | `CHROMIUM` | the browser's program; without it, the first of those below that is on PATH |
 * | `SCREENSHOTS` | a folder that gets a picture of each screen |
 *
 * The last line is for programs, as that of `npm test`: `<n> passed, <n> failed`.
 */
import { spawnSync } from "node:child_process";
import { none } from "./test/counts.mjs";
import { installAndBuild, runSections, runTests } from "./test/sections.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

await runSections([
  { title: "Chromium", run: findChromium, needed: true },
  installAndBuild,
  { title: "the page in a browser", run: () => runTests("browser") },
]);

async function findChromium() {
  const asked = process.env["CHROMIUM"];
  const found = (asked === undefined ? NAMES : [asked]).find(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) {
    const tried = asked ?? NAMES.join(", ");
    console.error(
      `No Chromium (tried ${tried}). Install it (on Debian: apt-get install chromium), or set CHROMIUM to its path.`,
    );
    return { ...none, failed: 1 };
  }
  console.log(found);
  process.env["CHROMIUM"] = found;
  return none;
}
