import { defineConfig } from "vitest/config";

export default defineConfig({
  // Workspace packages are tested from their sources, so that no build has to come first.
  ssr: { resolve: { conditions: ["misskeep-source", "module", "node", "import", "default"] } },
  resolve: { conditions: ["misskeep-source", "module", "node", "import", "default"] },
  test: {
    // One Redis server for the run; a test takes a database of it with freshRedisUrl().
    globalSetup: ["packages/testkit/src/global-setup.ts"],
    // The default of 1 s is less than a busy machine may need.
    expect: { poll: { timeout: 25_000 } },
    // Where nobody can look and start it again, a test that fails gets a second try; the last lines name it all the same.
    retry: process.env["CI"] ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/*/src/**/*.test.ts",
            "apps/*/web/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "apps",
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/docker/**", "test/browser/**", "test/faults/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "cpu",
          include: ["bench/guard/**/*.guard.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "docker",
          include: ["test/docker/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
