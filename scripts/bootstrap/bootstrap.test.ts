import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { readStamp, stampOf, writeStamp } from "./install-stamp.mjs";
import { readPageStamp, stampOfPage, writePageStamp } from "./page-stamp.mjs";
import { nodeIsTooOld } from "./node-version.mjs";
import { writableHome } from "./writable-home.mjs";

const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-bootstrap-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  ["18.20.8", true],
  ["20.19.9", true],
  ["20.20.0", false],
  ["22.0.0", false],
])("Node %s is too old: %s", (version, isTooOld) => {
  expect(nodeIsTooOld(version, ">=20.20") !== undefined).toBe(isTooOld);
});

test("says which Node is needed and which there is", () => {
  expect(nodeIsTooOld("18.1.0", ">=20.20")).toMatch(/20\.20 or newer; this is 18\.1\.0/);
});

test("what is installed counts as stale after any change of the lockfile or of a package", async () => {
  const root = await temporaryFolder();
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc", "package.json", "test/package.json"])
    await cp(join(repositoryRoot, file), join(root, file));
  for (const folder of ["node_modules", "apps", "packages/one"])
    await mkdir(join(root, folder), { recursive: true });
  expect(readStamp(root)).toBeUndefined();
  writeStamp(root, stampOf(root));
  expect(readStamp(root)).toBe(stampOf(root));
  await writeFile(join(root, "packages/one/package.json"), "{}");
  const withPackage = stampOf(root);
  expect(readStamp(root)).not.toBe(withPackage);
  await writeFile(join(root, "pnpm-lock.yaml"), "changed");
  expect(stampOf(root)).not.toBe(withPackage);
});

test("the page counts as stale after any change of its sources, and where it is gone, but not of its tests", async () => {
  const root = await temporaryFolder();
  const web = join(root, "apps/console/web/src");
  const built = join(root, "apps/console/dist/web");
  await mkdir(web, { recursive: true });
  await mkdir(built, { recursive: true });
  await writeFile(join(web, "main.tsx"), "one");
  await writeFile(join(built, "index.html"), "<html>");
  expect(readPageStamp(root)).toBeUndefined();
  const stamp = stampOfPage(root);
  writePageStamp(root, stamp);
  await writeFile(join(web, "main.test.tsx"), "a test");
  expect(readPageStamp(root)).toBe(stampOfPage(root));
  await writeFile(join(web, "main.tsx"), "two");
  expect(stampOfPage(root)).not.toBe(stamp);
  await rm(join(built, "index.html"));
  expect(readPageStamp(root)).toBeUndefined();
});

test("a home that can be written is used, and one in the data dir takes the place of any other", async () => {
  const root = await temporaryFolder();
  expect(writableHome(root, { HOME: root })).toEqual({});
  const home = join(root, ".misskeep/home");
  const own = { HOME: home, npm_config_cache: join(home, ".npm") };
  expect(writableHome(root, { HOME: "" })).toEqual(own);
  expect(writableHome(root, { HOME: join(root, "missing") })).toEqual(own);
});
