/** Every check is shown something wrong, and has to fail. */
import { afterEach, expect, it } from "vitest";
import { createFixture, type Files, type Fixture } from "./canary-fixture.ts";
import { gates, type GateResult } from "./gates.mjs";

let fixture: Fixture | undefined;
afterEach(() => {
  fixture?.remove();
  fixture = undefined;
});

/** Runs a check on a repository that holds these files. */
async function run(gate: string, copied: readonly string[], files: Files): Promise<GateResult> {
  fixture?.remove();
  fixture = createFixture(copied, files);
  const check = gates[gate];
  if (check === undefined) throw new Error(`there is no check ${gate}`);
  return check(fixture.root);
}

interface Canary {
  /** Files of the real repository. */
  readonly copied?: readonly string[];
  /** Sources that pass; absent where the repository itself is the proof. */
  readonly good?: Files;
  /** Sources in which everything below is wrong. */
  readonly bad: Files;
  /** By what is wrong, a part of the message that must say so. */
  readonly says: Readonly<Record<string, string>>;
}

const tsconfig = {
  "package.json": { type: "module" },
  "tsconfig.json": {
    extends: "./tsconfig.base.json",
    compilerOptions: { outDir: "dist", rootDir: ".", tsBuildInfoFile: "dist/.tsbuildinfo" },
    include: ["packages/**/*.ts"],
    exclude: ["dist", "node_modules"],
  },
};

const workspace = {
  "package.json": { name: "root", private: true, type: "module" },
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "packages/a/package.json": { name: "@misskeep/a", type: "module", exports: "./src/index.ts" },
  "packages/a/src/index.ts": 'export { used } from "./used.ts";\n',
  "packages/a/src/used.ts": "export const used = 1;\n",
};

const canaries: Readonly<Record<string, Canary>> = {
  types: {
    copied: ["tsconfig.base.json"],
    good: { ...tsconfig, "packages/a/one.ts": "export const one: number = 1;\n" },
    bad: {
      ...tsconfig,
      "packages/a/type.ts": 'export const one: number = "1";\n',
      "packages/a/index-access.ts": "export const first = (list: number[]): number => list[0];\n",
      "packages/a/enum.ts": "export enum A { B }\n",
    },
    says: {
      "a wrong type": "type.ts(1,14): error TS2322",
      "an index that may not be there": "index-access.ts(1,50): error TS2322",
      "an enum, which Node cannot strip": "enum.ts(1,13): error TS1294",
    },
  },
  lint: {
    copied: [".oxlintrc.json", "tsconfig.base.json"],
    good: {
      ...tsconfig,
      "packages/a/work.ts": "export const work = async (): Promise<void> => { await Promise.resolve(); };\n",
      "apps/cli/tell.ts": 'console.log("to a person");\n',
    },
    bad: {
      ...tsconfig,
      "packages/a/any.ts": "export const a = (value: any): unknown => value;\n",
      "packages/a/floating.ts": "const work = async () => 1;\nexport const a = () => { work(); };\n",
      "packages/a/console.ts": 'console.log("here");\n',
      "packages/a/environment.ts":
        'export const port = process.env["PORT"];\nexport const { env } = process;\n',
      "packages/a/empty.test.ts": 'import { test } from "vitest";\ntest("nothing", () => undefined);\n',
      "packages/a/import.ts": 'import { env } from "node:process";\nexport const port = env;\n',
    },
    says: {
      any: "no-explicit-any",
      "a promise that nobody waits for": "no-floating-promises",
      "console in product code": "no-console",
      "process.env outside of its file": "environment.ts:1:",
      "process.env taken apart": "environment.ts:2:",
      "a test without an assertion": "expect-expect",
      "the environment by another way": "no-restricted-imports",
    },
  },
  format: {
    copied: [".prettierrc.json", ".prettierignore"],
    good: { "a.ts": "export const a = 1;\n" },
    bad: { "a.ts": "export const a=1" },
    says: { "another format": "a.ts" },
  },
  unused: {
    copied: ["knip.json"],
    good: workspace,
    bad: {
      ...workspace,
      "packages/a/package.json": { ...workspace["packages/a/package.json"], dependencies: { ms: "2.1.3" } },
      "packages/a/src/used.ts": "export const used = 1;\nexport const spare = 2;\n",
      "packages/a/src/forgotten.ts": "export const b = 1;\n",
    },
    says: {
      "a file that nobody imports": "Unused files (1)",
      "an export that nobody imports": "Unused exports (1)",
      "a dependency that nobody imports": "Unused dependencies (1)",
    },
  },
  settings: {
    bad: { "docs/settings.md": "# Settings\n" },
    says: { "stale documentation": "is stale" },
  },
  lockfile: {
    good: { "pnpm-lock.yaml": "packages:\n  ms@2.1.3:\n    resolution: {integrity: sha512-abc}\n" },
    bad: { "pnpm-lock.yaml": "\n    resolution: {tarball: https://npm.example/a.tgz}\n" },
    says: { "a registry's address": "pnpm-lock.yaml:2:" },
  },
  pinned: {
    good: {
      "packages/a/package.json": { dependencies: { ms: "2.1.3", "@misskeep/b": "workspace:*" } },
      ".github/workflows/check.yml": `jobs:\n  a:\n    steps:\n      - uses: a/b@${"0".repeat(40)} # v1\n`,
    },
    bad: {
      "package.json": { devDependencies: { vitest: "^4.1.12" } },
      "apps/a/package.json": { dependencies: { ms: "latest" } },
      ".github/workflows/check.yml": "jobs:\n  a:\n    steps:\n      - uses: a/b@v1\n",
    },
    says: {
      "a range": 'vitest is "^4.1.12"',
      "a tag": 'ms is "latest"',
      "an action's tag": "a/b@v1 is no commit",
    },
  },
  links: {
    good: {
      "README.md":
        "# A\n\n[b](docs/b.md#two-words) [web](https://a.example) `[code](none.md)`\n\n## 使い方\n\n[u](#使い方)\n",
      "docs/b.md": "# B\n\n## Two `words`\n\n[back](../README.md)\n",
    },
    bad: { "README.md": "# A\n\n[a](docs/none.md) [b](#nothing) [c](../other/c.md)\n" },
    says: {
      "a file that is not there": "docs/none.md is not there",
      "a heading that is not there": "#nothing has no such heading",
      "a way out of the repository": "../other/c.md leads out of the repository",
    },
  },
};

// The rules of import direction have canaries of their own, in import-direction.test.ts.
it("has a canary for every check", () => {
  expect([...Object.keys(canaries), "imports"].toSorted()).toEqual(Object.keys(gates).toSorted());
});

const withGood = Object.entries(canaries).filter(([, { good }]) => good !== undefined);

it.each(withGood)("the check %s passes what is right", async (gate, { copied = [], good = {} }) => {
  const { ok, output } = await run(gate, copied, good);
  expect(ok, output).toBe(true);
});

it.each(Object.entries(canaries))("the check %s fails on all that is wrong", async (gate, canary) => {
  const { ok, output } = await run(gate, canary.copied ?? [], canary.bad);
  expect(ok, output).toBe(false);
  for (const [what, text] of Object.entries(canary.says)) expect(output, what).toContain(text);
});
