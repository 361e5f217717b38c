/** Which service of docker-compose.yml gets which settings: each what it reads, and no secret of another. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly env_file?: unknown;
  readonly environment?: Readonly<Record<string, string | null>>;
}

const read = (path: string): Promise<string> => readFile(join(repositoryRoot, path), "utf8");

async function readServices(): Promise<Readonly<Record<string, Service>>> {
  const file = parse(await read("docker-compose.yml"), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };
  return file.services;
}

/** The first table of docs/settings.md, which is made of the apps' catalogues. */
async function readSettings() {
  const [, table = ""] = (await read("docs/settings.md")).split("| setting");
  const rows = table.matchAll(/^\| `(\w+)`( 🔑)? +\|[^|]+\| ([^|]+?) +\|/gm);
  return [...rows].map(([, name = "", secret, users = ""]) => ({
    name,
    isSecret: secret !== undefined,
    users: users.split(", "),
  }));
}

/** A container has no file to read settings from, unless somebody mounts one and says where. */
const NOT_IN_CONTAINERS = new Set(["MISSKEEP_ENV_FILE"]);

test.each([
  ["ingest", ["ingest", "misskeep"]],
  ["console", ["console"]],
])("%s gets all settings that it reads, and no others", async (service, users) => {
  const { env_file, environment = {} } = (await readServices())[service] ?? {};
  expect(env_file).toBeUndefined();
  const wanted = (await readSettings()).filter(
    (setting) => setting.users.some((user) => users.includes(user)) && !NOT_IN_CONTAINERS.has(setting.name),
  );
  const isPassed = (name: string): boolean => environment[name] === null;
  for (const { name, isSecret } of wanted) {
    expect(environment, name).toHaveProperty(name);
    if (isSecret && isPassed(name)) expect(isPassed(`${name}_FILE`), `${name}_FILE`).toBe(true);
  }
  const names = new Set(wanted.flatMap(({ name }) => [name, `${name}_FILE`]));
  // What is dictated instead is no secret.
  expect(Object.keys(environment).filter((name) => isPassed(name) && !names.has(name))).toEqual([]);
});

test("the worker gets all of .env, for processors that nobody knows, but not the secrets of the doors", async () => {
  const services = await readServices();
  const { worker } = services;
  expect(worker?.env_file).toEqual([{ path: ".env", required: false }]);
  const settings = (await readSettings()).filter(({ isSecret }) => isSecret);
  const isRead = (name: string): boolean =>
    settings.some((setting) => setting.name === name && setting.users.includes("worker"));
  const foreign = settings.map(({ name }) => name).filter((name) => !isRead(name));
  expect(foreign).toEqual(["CONSOLE_TOKENS", "MISSKEY_HOOK_SECRETS"]);
  for (const name of foreign) expect(worker?.environment?.[name], name).toBe("");
  const withFile = Object.keys(services).filter((name) => services[name]?.env_file !== undefined);
  expect(withFile).toEqual(["worker"]);
});
