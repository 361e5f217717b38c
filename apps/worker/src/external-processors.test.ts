import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadExternalProcessors } from "./external-processors.ts";

/** A folder with these files, until the test ends. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-processors-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const DEPENDENCY = {
  "node_modules/greeting/package.json": '{"name":"greeting","version":"1.0.0","main":"index.js"}',
  "node_modules/greeting/index.js": 'module.exports = { hello: () => "hello" };',
};

/** Runs a loaded processor's handler as far as these tests need. */
async function outcomeOf(folder: string): Promise<unknown> {
  const [processor] = await loadExternalProcessors(folder);
  return processor?.handle({} as never, {} as never);
}

test("loads a plain .js file with a dependency of its own", async () => {
  const folder = await folderWith({
    ...DEPENDENCY,
    "package.json": '{"type":"module","dependencies":{"greeting":"1.0.0"}}',
    "hello.js": `
      import { hello } from "greeting";
      export default ({ defineProcessor, handled }) =>
        defineProcessor({ name: "hello", on: ["followed"], handle: () => handled(hello()) });`,
  });
  expect(await outcomeOf(folder)).toEqual({ type: "handled", detail: "hello" });
});

test("loads CommonJS, with a dependency of its own", async () => {
  const folder = await folderWith({
    ...DEPENDENCY,
    "package.json": '{"type":"commonjs"}',
    "hello.js": `
      const { hello } = require("greeting");
      module.exports = ({ defineProcessor, handled }) =>
        defineProcessor({ name: "hello", on: "*", handle: () => handled(hello()) });`,
  });
  expect(await outcomeOf(folder)).toEqual({ type: "handled", detail: "hello" });
});

test("loads what a compiler made of `export default` for CommonJS", async () => {
  const folder = await folderWith({
    "package.json": '{"type":"commonjs"}',
    "hello.js": `
      Object.defineProperty(exports, "__esModule", { value: true });
      exports.default = ({ defineProcessor, handled }) =>
        defineProcessor({ name: "hello", on: "*", handle: () => handled() });`,
  });
  expect(await outcomeOf(folder)).toEqual({ type: "handled" });
});

test("loads .mjs without a package.json, several processors of one file, in the order of their names", async () => {
  const one = (name: string): string =>
    `defineProcessor({ name: "${name}", on: "*", handle: () => handled() })`;
  const folder = await folderWith({
    "b.mjs": `export default async ({ defineProcessor, handled }) => [${one("b1")}, ${one("b2")}];`,
    "a.mjs": `export default ({ defineProcessor, handled }) => ${one("a")};`,
    "notes.txt": "not a processor",
    "package.json": "{}",
    "sub/c.mjs": "throw new Error('never loaded');",
  });
  expect((await loadExternalProcessors(folder)).map(({ name }) => name)).toEqual(["a", "b1", "b2"]);
});

test("gives each file all that it needs, so that it imports nothing of ours", async () => {
  const folder = await folderWith({
    "kit.mjs": `
      export default (kit) => kit.defineProcessor({
        name: "kit", on: "*", config: kit.z.object({}), retry: { backoff: kit.exponential({ first: "1s", max: "1m" }) },
        handle: () => kit.handled(Object.keys(kit).sort().join(" ")),
      });`,
  });
  expect(await outcomeOf(folder)).toEqual({
    type: "handled",
    detail:
      "Misconfigured PermanentError RetryLater defineProcessor describe exponential fixed handled ignored z",
  });
});

test.each<[string, string, RegExp]>([
  ["does not parse", "export default (", /broken\.mjs/],
  ["imports what is not there", 'import "no-such-package"; export default () => 1;', /no-such-package/],
  ["throws", "export default () => { throw new Error('my mistake'); };", /my mistake/],
  ["throws a text", "export default () => { throw 'my text'; };", /my text/],
  ["exports nothing", "export const x = 1;", /default-export a function/],
  ["exports no function", "export default { name: 'x' };", /default-export a function/],
  ["returns nothing", "export default () => {};", /defineProcessor/],
  [
    "returns a bare definition",
    "export default () => ({ name: 'x', on: '*', handle() {} });",
    /defineProcessor/,
  ],
  [
    "defines its processor wrong",
    "export default ({ defineProcessor }) => defineProcessor({ name: 'Wrong Name', on: '*', handle() {} });",
    /Wrong Name/,
  ],
])("names the file that %s", async (_, text, why) => {
  const folder = await folderWith({ "broken.mjs": text });
  const loading = loadExternalProcessors(folder);
  await expect(loading).rejects.toMatchObject({ code: "EXTERNAL_PROCESSOR" });
  await expect(loading).rejects.toThrow(join(folder, "broken.mjs"));
  await expect(loading).rejects.toThrow(why);
});

test("names the folder that is not there", async () => {
  await expect(loadExternalProcessors("/no/such/folder")).rejects.toThrow(
    "/no/such/folder: PROCESSORS_DIR cannot be read.",
  );
});
