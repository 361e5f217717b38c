import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { findRoot, type Environment } from "../environment.ts";
import {
  cliSettings,
  ingestSettings,
  launcherSettings,
  redisSettings,
  workerSettings,
} from "./catalogues.ts";
import { loadSettings, readValues } from "./load.ts";
import { loadIngestSettings } from "./load-ingest.ts";
import { type Mistake, SettingsError } from "./mistakes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "misskeep-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function mistakesOf(load: () => unknown): readonly Mistake[] {
  try {
    load();
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error("no mistake was found");
}

const ingest = (env: Environment) => loadSettings(ingestSettings, { env, dotenvFile: false });
const worker = (env: Environment) => loadSettings(workerSettings, { env, dotenvFile: false });

describe("defaults", () => {
  it("are those of the documentation", () => {
    expect(ingest({})).toMatchObject({
      port: 3000,
      idempotencyWindowMs: 8 * 86_400_000,
      maxBodyBytes: 8 * 1024 ** 2,
      metricsPort: 9464,
      durability: "disk",
      shutdownTimeoutMs: 25_000,
    });
    expect(worker({})).toMatchObject({
      inboxMaxAgeMs: 7 * 86_400_000,
      inboxMaxBytes: 128 * 1024 ** 2,
      metricsPort: 9465,
    });
    const launcher = loadSettings(launcherSettings, { env: {}, dotenvFile: false });
    expect(launcher.dataDir).toBe(join(findRoot(), ".misskeep"));
    expect(launcher.redisMaxMemoryBytes).toBeGreaterThan(0);
    expect(loadSettings(cliSettings, { env: {}, dotenvFile: false }).redisUrl).toBeUndefined();
  });

  it("hold where an optional setting is empty", () => {
    expect(ingest({ PORT: "", PUBLIC_URL: " " })).toMatchObject({ port: 3000, publicUrl: undefined });
  });
});

describe("values", () => {
  it.each([
    ["500ms", 500],
    ["25s", 25_000],
    ["1.5 h", 5_400_000],
    ["8d", 691_200_000],
  ])("reads the duration %s", (text, ms) => {
    expect(ingest({ SHUTDOWN_TIMEOUT: text }).shutdownTimeoutMs).toBe(ms);
  });

  it.each([
    ["8MiB", 8_388_608],
    ["128 MiB", 134_217_728],
    ["1GiB", 1_073_741_824],
    ["2 MB", 2_000_000],
    ["1048576", 1_048_576],
  ])("reads the size %s", (text, bytes) => {
    expect(ingest({ MAX_BODY_BYTES: text }).maxBodyBytes).toBe(bytes);
  });

  it("reads lists, addresses and paths", () => {
    expect(worker({ WORKER_PROCESSORS: "discord, relay" }).processors).toEqual(["discord", "relay"]);
    expect(worker({ REDIS_SENTINELS: "a:1,[::1]:2" }).redisSentinels).toEqual(["a:1", "[::1]:2"]);
    expect(worker({ PROCESSORS_DIR: "mine" }).processorsDir).toBe(join(findRoot(), "mine"));
    expect(ingest({ PUBLIC_URL: "https://a.example/" }).publicUrl).toBe("https://a.example");
  });

  it("keeps an address to send to as it is written, and refuses one that fetch would refuse, unquoted", () => {
    const address = "https://hooks.example/a/?b=c";
    expect(worker({ ALERT_WEBHOOK_URL: address }).alertWebhookUrl).toBe(address);
    for (const wrong of ["https://user:hunter2@a.example", "ftp://hunter2.example", "hunter2"]) {
      const mistakes = mistakesOf(() => worker({ HEARTBEAT_URL: wrong }));
      expect(mistakes).toMatchObject([{ setting: "HEARTBEAT_URL" }]);
      expect(JSON.stringify(mistakes)).not.toContain("hunter2");
    }
  });

  it.each([
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "http"],
    ["SHUTDOWN_TIMEOUT", "30"],
    ["SHUTDOWN_TIMEOUT", "0s"],
    ["SHUTDOWN_TIMEOUT", "soon"],
    ["MAX_BODY_BYTES", "8 apples"],
    ["MAX_BODY_BYTES", "0"],
    ["DURABILITY", "always"],
    ["PUBLIC_URL", "ftp://a"],
    ["LOG_LEVEL", "loud"],
    ["REDIS_SENTINELS", "a:1,,b:2"],
  ])("refuses %s=%s and quotes it", (setting, text) => {
    const [mistake, ...others] = mistakesOf(() => ingest({ [setting]: text }));
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ setting, fix: expect.stringMatching(/^Write /) });
    expect(mistake?.problem).toContain(`"${text}"`);
  });
});

describe("the result", () => {
  it("is frozen to the bottom", () => {
    const settings = worker({ WORKER_PROCESSORS: "discord" });
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.processors)).toBe(true);
  });
});

describe("mistakes", () => {
  it("are all told at once, with what to do", () => {
    const found = mistakesOf(() => ingest({ PORT: "x", DURABILITY: "y", MISSKEEP_DATA: "z" }));
    expect(found.map(({ setting }) => setting)).toEqual(["PORT", "DURABILITY", "MISSKEEP_DATA"]);
    expect(found.every(({ problem, fix }) => problem !== "" && fix !== "")).toBe(true);
  });

  it("never show the value of a secret", () => {
    const error = new SettingsError(
      mistakesOf(() => loadSettings(redisSettings, { env: { REDIS_URL: "hunter2" }, dotenvFile: false })),
    );
    expect(error.code).toBe("SETTINGS_INVALID");
    expect(error.message).toContain("REDIS_URL");
    expect(JSON.stringify(error) + error.message).not.toContain("hunter2");
  });

  it("suggest the setting that a misspelt MISSKEEP_ one resembles", () => {
    const found = mistakesOf(() => worker({ MISSKEEP_HOOK_SECRETS: "a", MISSKEEP_BANANA: "b" }));
    expect(found.map(({ fix }) => fix)).toEqual(["Did you mean MISSKEY_HOOK_SECRETS?", "Remove it."]);
  });

  it("are not settings of other apps or of other programs", () => {
    expect(() =>
      worker({ MISSKEEP_DATA_DIR: "x", MISSKEEP_HOOKS_FILE: "y", CONSOLE_PORT: "1" }),
    ).not.toThrow();
  });

  it("include a .env that cannot be read", () => {
    const found = mistakesOf(() => loadSettings(redisSettings, { env: {}, dotenvFile: folder }));
    expect(found).toMatchObject([{ setting: ".env" }]);
  });
});

describe("secrets", () => {
  it("come from the file that X_FILE names, without the line end", () => {
    const REDIS_URL_FILE = file("url", "redis://:p@h\n");
    expect(worker({ REDIS_URL_FILE }).redisUrl).toBe("redis://:p@h");
  });

  it("may not be empty, set twice, or in a file that is empty or absent", () => {
    const REDIS_URL_FILE = file("empty", "\n");
    for (const env of [
      { REDIS_URL: "" },
      { REDIS_URL_FILE },
      { REDIS_URL_FILE: join(folder, "absent") },
      { REDIS_URL: "redis://a", REDIS_URL_FILE: file("url", "redis://b") },
    ]) {
      expect(mistakesOf(() => worker(env))).toHaveLength(1);
    }
  });
});

describe("ingest", () => {
  const load = (env: Environment) => loadIngestSettings({ env, dotenvFile: false });

  it("gives settings, hooks and warnings", () => {
    const loaded = load({ PORT: "0", MISSKEY_HOOK_SECRETS: "mods=abcdefghijkl" });
    expect(loaded.settings.port).toBe(0);
    expect(loaded.hooks).toEqual([{ name: "mods", secrets: ["abcdefghijkl"] }]);
    expect(loaded.warnings).toEqual([]);
  });

  it("does not start without any hook, or with an empty secret", () => {
    expect(mistakesOf(() => load({}))).toMatchObject([{ setting: "MISSKEY_HOOK_SECRETS" }]);
    expect(mistakesOf(() => load({ MISSKEY_HOOK_SECRETS: "" }))).toHaveLength(1);
  });

  it("tells the mistakes of settings and hooks together", () => {
    const found = mistakesOf(() => load({ PORT: "x", MISSKEY_HOOK_SECRETS: "mods=abcdefghijkl," }));
    expect(found.map(({ setting }) => setting)).toEqual(["PORT", "MISSKEY_HOOK_SECRETS"]);
  });
});

describe("settings of others", () => {
  it("are read as text, from files too; empty ones are absent", () => {
    const values = readValues(["A", "B", "C"], {
      env: { A: "1", B_FILE: file("b", "2\n"), C: "" },
      dotenvFile: false,
    });
    expect(values).toEqual({ A: "1", B: "2", C: undefined });
  });

  it("can be a plain zod object whose keys are the names", () => {
    const config = z.object({ WEBHOOK_URL: z.url().meta({ secret: true }) });
    const found = mistakesOf(() =>
      loadSettings(config, { env: { WEBHOOK_URL: "hunter2" }, dotenvFile: false }),
    );
    expect(found).toMatchObject([{ setting: "WEBHOOK_URL" }]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});
