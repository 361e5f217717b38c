/** Each rule of .dependency-cruiser.cjs is broken once, and dependency-cruiser has to say so. */
import { createRequire } from "node:module";
import { afterEach, expect, it } from "vitest";
import { createFixture, type Files, type Fixture, linkPackages, workspacePackage } from "./canary-fixture.ts";
import { gates } from "./gates.mjs";

const CONFIG = ".dependency-cruiser.cjs";
const config: unknown = createRequire(import.meta.url)(`../../${CONFIG}`);
const ruleNames = (config as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name);

const packages = [
  "schema",
  "redis",
  "runtime",
  "private-redis",
  "processor",
  "inbox",
  "queue",
  "series",
  "operations",
  "alerts",
  "testkit",
];

let fixture: Fixture | undefined;
afterEach(() => fixture?.remove());

const uses = (...names: readonly string[]): string =>
  names
    .map((name, index) => `import * as m${index} from "${name}";\nexport const u${index} = m${index};\n`)
    .join("");
const ours = (...names: readonly string[]): string => uses(...names.map((name) => `@misskeep/${name}`));

/** A repository of packages and apps with these sources; libraries from outside are stubs. */
async function cruise(sources: Files): Promise<{ ok: boolean; output: string }> {
  const stub = { version: "1.0.0", main: "index.js" };
  const base: Files = Object.assign(
    {
      "node_modules/bullmq/package.json": { name: "bullmq", ...stub },
      "node_modules/bullmq/index.js": "",
      "node_modules/ioredis/package.json": { name: "ioredis", ...stub },
      "node_modules/ioredis/index.js": "",
    },
    ...packages.map((name) =>
      workspacePackage("packages", name, { "index.ts": `export const a = "${name}";\n` }),
    ),
    ...["ingest", "worker"].map((name) => workspacePackage("apps", name, { "main.ts": "export {};\n" })),
  );
  fixture = createFixture([CONFIG], { ...base, ...sources }, false);
  linkPackages(fixture.root, packages);
  const check = gates["imports"];
  if (check === undefined) throw new Error("there is no check of imports");
  return check(fixture.root);
}

it("passes imports that run the right way", async () => {
  const { ok, output } = await cruise({
    "packages/processor/src/index.ts": ours("schema"),
    "packages/redis/src/index.ts": uses("ioredis"),
    "packages/inbox/src/index.ts": ours("redis"),
    "packages/queue/src/index.ts": uses("bullmq") + ours("schema", "processor", "redis", "inbox"),
    "packages/series/src/index.ts": ours("redis"),
    "packages/operations/src/index.ts": ours("schema", "processor", "redis", "inbox", "queue", "series"),
    "packages/alerts/src/index.ts": ours("processor", "redis", "queue", "operations"),
    "packages/inbox/src/a.test.ts": ours("testkit"),
    "apps/worker/src/main.ts": ours("runtime", "queue"),
    "test/all.test.ts": ours("testkit", "operations"),
  });
  expect(ok, output).toBe(true);
});

it("fails once for every rule that is broken", async () => {
  const others = (name: string): string => ours(...packages.filter((other) => other !== name));
  const { ok, output } = await cruise({
    ...Object.fromEntries(packages.map((name) => [`packages/${name}/src/index.ts`, others(name)])),
    "apps/ingest/src/app.ts": `${uses("../../worker/src/main.ts", "bullmq", "ioredis", "./nowhere.ts")}${ours("runtime", "testkit", "private-redis")}`,
    "apps/ingest/src/deep.ts": uses("../../../packages/queue/src/inner.ts"),
    "packages/queue/src/inner.ts": "export const inner = 1;\n",
  });
  expect(ok).toBe(false);
  const broken = new Set(output.match(/(?<=error )[\w-]+(?=:)/g));
  expect([...broken].toSorted()).toEqual(ruleNames.toSorted());
});

it("fails when nothing could be read, which the tool itself takes for a pass", async () => {
  const { ok, output } = await cruise({
    [CONFIG]: 'module.exports = { forbidden: [], options: { exclude: { path: "." } } };',
  });
  expect(output).toContain("no dependency violations");
  expect(ok).toBe(false);
});
