/**
 * Imports run one way (docs/architecture.md). This table is that rule; everything below is derived from it.
 * What a package may import of ours, its tests aside:
 */
const mayImport = {
  schema: [],
  redis: [],
  runtime: [],
  "private-redis": ["redis"],
  processor: ["schema"],
  inbox: ["schema", "redis"],
  queue: ["schema", "processor", "redis", "inbox"],
  series: ["redis"],
  operations: ["schema", "processor", "redis", "inbox", "queue", "series"],
  alerts: ["processor", "redis", "queue", "operations"],
  testkit: ["schema", "redis", "private-redis"],
};

const TEST = "(\\.test\\.ts$|/test-support/|/testing/|/test-helpers\\.ts$)";
const MAIN = "^apps/[^/]+/src/main\\.ts$";

const directions = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `${name}-imports-only-${allowed.length === 0 ? "itself" : allowed.join("-")}`,
  severity: "error",
  from: { path: `^packages/${name}/src/`, pathNot: TEST },
  to: { path: "^(packages|apps)/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...directions,
    {
      name: "apps-import-no-other-app",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "runtime-is-for-main-only",
      comment: "Dependencies are arguments; main.ts alone puts them together.",
      severity: "error",
      from: { path: "^(packages|apps|test)/", pathNot: ["^packages/runtime/", MAIN] },
      to: { path: "^packages/runtime/" },
    },
    {
      name: "testkit-is-for-tests-only",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: ["^packages/testkit/", TEST] },
      to: { path: "^packages/testkit/" },
    },
    {
      name: "private-redis-is-for-launcher-cli-and-testkit",
      severity: "error",
      from: {
        path: "^(packages|apps)/",
        pathNot: "^(packages/(private-redis|testkit)|apps/(launcher|cli))/",
      },
      to: { path: "^packages/private-redis/" },
    },
    {
      name: "bullmq-is-for-queue",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: "^packages/queue/" },
      to: { path: "(^|node_modules/)bullmq/" },
    },
    {
      name: "ioredis-is-for-redis",
      comment:
        "Connections are made in one place; it hands on the type of one. (swc cannot tell type imports apart.)",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: "^packages/redis/" },
      to: { path: "(^|node_modules/)ioredis/" },
    },
    {
      name: "packages-are-imported-by-their-index",
      severity: "error",
      from: { path: "^(packages|apps|test)/([^/]+)/" },
      to: { path: "^packages/[^/]+/src/", pathNot: ["^$1/$2/", "^packages/[^/]+/src/index\\.ts$"] },
    },
    {
      name: "no-circular",
      severity: "error",
      from: { path: "^(packages|apps|test)/" },
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere could break any rule unseen.",
      severity: "error",
      from: { path: "^(packages|apps|test)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API to parse with; without swc nothing is found, and nothing violated.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    // Its swc parser knows no JSX; what the page's components may import is the linter's to say (.oxlintrc.json).
    exclude: { path: "(^|/)dist/|\\.tsx$" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["misskeep-source", "import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
