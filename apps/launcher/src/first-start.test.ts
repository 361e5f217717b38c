import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addGeneratedSecret } from "./env-file.ts";
import { instructions } from "./instructions.ts";

async function dotenvFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-launcher-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, ".env");
}

test("the first start writes a long secret of the hook `default` into a new .env", async () => {
  const file = await dotenvFile();
  await addGeneratedSecret(file);
  expect(await readFile(file, "utf8")).toMatch(/^# [^]*\nMISSKEY_HOOK_SECRETS=[0-9a-f]{40}\n$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("what stood in .env stays, and only the owner can read it from then on", async () => {
  const file = await dotenvFile();
  await writeFile(file, "# mine\nPORT=3333", { mode: 0o644 });
  await addGeneratedSecret(file);
  expect(await readFile(file, "utf8")).toMatch(/^# mine\nPORT=3333\nMISSKEY_HOOK_SECRETS=[0-9a-f]{40}\n$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("no two secrets are alike", async () => {
  const [one, other] = [await dotenvFile(), await dotenvFile()];
  await addGeneratedSecret(one);
  await addGeneratedSecret(other);
  expect(await readFile(one, "utf8")).not.toBe(await readFile(other, "utf8"));
});

test("the instructions give the public URL and the secret", () => {
  const text = instructions({
    port: 3000,
    publicUrl: "https://hooks.example.tld/",
    secret: "the-secret",
    secretPlace: ".env",
  });
  expect(text).toContain(" https://hooks.example.tld/misskey\n");
  expect(text).toContain("the-secret");
  expect(text).not.toContain("private addresses");
});

test("the instructions say where the console is, once it has said so", () => {
  const about = { port: 3000, secretPlace: ".env" };
  expect(instructions({ ...about, consoleUrl: "http://localhost:3001" })).toContain(" http://localhost:3001");
  expect(instructions(about)).not.toContain("browser");
});

test("without a public URL they say that Misskey refuses private addresses, and the ways out", () => {
  const text = instructions({ port: 3210, secretPlace: "/somewhere/.env" });
  expect(text).toContain(" http://localhost:3210/misskey\n");
  expect(text).toContain("see /somewhere/.env");
  for (const way of [
    "private addresses",
    "localhost:3210",
    "tunnel",
    "allowedPrivateNetworks",
    "PUBLIC_URL=",
  ])
    expect(text).toContain(way);
});
