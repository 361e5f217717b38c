import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { childEnvironment, findRoot, readEnvironment } from "./environment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "misskeep-env-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("reads .env below the real environment, which wins", () => {
  const dotenvFile = join(folder, ".env");
  writeFileSync(dotenvFile, "PORT=1\nHOST='a#b'\n");
  expect(readEnvironment({ env: { PORT: "2" }, dotenvFile })).toEqual({ PORT: "2", HOST: "a#b" });
});

it("lives without a .env", () => {
  expect(readEnvironment({ env: { PORT: "2" }, dotenvFile: join(folder, "none") })).toEqual({ PORT: "2" });
});

it("finds the root upwards, and takes the working directory where there is none", () => {
  const inner = join(findRoot(), "packages", "runtime");
  expect(findRoot(inner)).toBe(findRoot());
  expect(findRoot(folder)).toBe(process.cwd());
});

it("gives a child this process' environment and what was decided for it", () => {
  expect(childEnvironment({ REDIS_URL: "redis://here" })).toMatchObject({
    PATH: process.env["PATH"],
    REDIS_URL: "redis://here",
  });
});
