import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mistake, SettingsError } from "../settings/mistakes.ts";
import { describeHooks } from "./hook.ts";
import { type HookSettings, parseHooks } from "./parse.ts";

const LONG = "abcdefghijklmnop";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "misskeep-hooks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function hooksFile(content: unknown): string {
  const path = join(folder, "hooks.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function mistakesOf(settings: HookSettings): readonly Mistake[] {
  try {
    parseHooks(settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error("no mistake was found");
}

describe("MISSKEY_HOOK_SECRETS", () => {
  it.each([
    [`mods=${LONG}`, "mods", LONG],
    [`mods=${LONG}=`, "mods", `${LONG}=`],
    [LONG, "default", LONG],
    [`${LONG}==`, "default", `${LONG}==`],
    [`Mods=${LONG}`, "default", `Mods=${LONG}`],
    [` mods=two words here `, "mods", "two words here"],
    [`a${"b".repeat(32)}=${LONG}`, "default", `a${"b".repeat(32)}=${LONG}`],
    ["mods=geheimé-geheimé", "mods", "geheimé-geheimé"],
  ])("reads %j as a secret of %s", (hookSecrets, name, secret) => {
    expect(parseHooks({ hookSecrets }).hooks).toEqual([{ name, secrets: [secret] }]);
  });

  it("gathers several secrets of a hook, each once", () => {
    const hookSecrets = `mods=${LONG}1,${LONG}2,mods=${LONG}3,mods=${LONG}1`;
    expect(parseHooks({ hookSecrets }).hooks).toEqual([
      { name: "mods", secrets: [`${LONG}1`, `${LONG}3`] },
      { name: "default", secrets: [`${LONG}2`] },
    ]);
  });

  it.each([
    ["an empty entry", `${LONG},`],
    ["nothing at all", ""],
    ["a character above U+00FF", `${LONG}あ`],
    ["a line end", `${LONG}\n${LONG}`],
    ["a control character", `${LONG}\u0007`],
    ["one secret of two hooks", `a=${LONG},b=${LONG}`],
  ])("refuses %s without showing it", (_, hookSecrets) => {
    const found = mistakesOf({ hookSecrets });
    expect(found).toHaveLength(1);
    expect(found[0]?.setting).toBe("MISSKEY_HOOK_SECRETS");
    expect(JSON.stringify(found)).not.toContain(LONG);
  });

  it("warns of a short secret and of a name without one", () => {
    const { warnings } = parseHooks({ hookSecrets: "mods=short,other-long-name=" });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain("entry 1: the secret has only 5 characters");
    expect(warnings[1]).toContain("entry 2: looks like a name without a secret");
    expect(warnings.join(" ")).not.toMatch(/short,|other-long/);
  });
});

describe("MISSKEEP_HOOKS_FILE", () => {
  it("gives secrets with commas, and pins", () => {
    const hooks = [
      { name: "mods", secrets: [`${LONG},1`, `${LONG}2`], server: "https://Misskey.example/", hookId: "9x" },
    ];
    expect(parseHooks({ hooksFile: hooksFile({ hooks }) }).hooks).toEqual([
      { name: "mods", secrets: [`${LONG},1`, `${LONG}2`], server: "https://misskey.example", hookId: "9x" },
    ]);
  });

  it("adds to the hooks of the environment", () => {
    const path = hooksFile({ hooks: [{ name: "mods", secrets: [`${LONG}2`], server: "https://a.example" }] });
    expect(parseHooks({ hookSecrets: `mods=${LONG}1`, hooksFile: path }).hooks).toEqual([
      { name: "mods", secrets: [`${LONG}1`, `${LONG}2`], server: "https://a.example" },
    ]);
  });

  it.each([
    ["is not JSON", `{"hooks":[{"secrets":["${LONG}"`],
    ["has no hooks", {}],
    ["has a hook without secrets", { hooks: [{ name: "mods", secrets: [] }] }],
    ["has an empty secret", { hooks: [{ name: "mods", secrets: [""] }] }],
    ["has a wrong name", { hooks: [{ name: "Mods", secrets: [LONG] }] }],
    ["has a field that it does not know", { hooks: [{ name: "mods", secrets: [LONG], hookid: "1" }] }],
    [
      "has a server that is no URL",
      { hooks: [{ name: "mods", secrets: [LONG], server: "misskey.example" }] },
    ],
    [
      "pins a hook to two servers",
      {
        hooks: [
          { name: "mods", secrets: [LONG], server: "https://a.example" },
          { name: "mods", secrets: [`${LONG}2`], server: "https://b.example" },
        ],
      },
    ],
  ])("is a mistake where it %s", (_, content) => {
    const found = mistakesOf({ hooksFile: hooksFile(content) });
    expect(found).toHaveLength(1);
    expect(found[0]?.setting).toBe("MISSKEEP_HOOKS_FILE");
    expect(JSON.stringify(found)).not.toContain(LONG);
  });

  it("is a mistake where it cannot be read", () => {
    const [mistake] = mistakesOf({ hooksFile: join(folder, "absent.json") });
    expect(mistake?.problem).toContain("(ENOENT)");
  });
});

it("gives no hooks where nothing is set", () => {
  expect(parseHooks({})).toEqual({ hooks: [], warnings: [] });
});

it("freezes the hooks", () => {
  const { hooks } = parseHooks({ hookSecrets: LONG });
  expect([hooks, hooks[0], hooks[0]?.secrets].every(Object.isFrozen)).toBe(true);
});

it("describes hooks by names, lengths and pins only", () => {
  const { hooks } = parseHooks({
    hookSecrets: `${LONG},${LONG}22`,
    hooksFile: hooksFile({ hooks: [{ name: "mods", secrets: [`${LONG}3`], server: "https://a.example" }] }),
  });
  expect(describeHooks(hooks)).toBe(
    "default: 2 secrets of 16 and 18 characters\nmods: a secret of 17 characters, only from https://a.example",
  );
});
