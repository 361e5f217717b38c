import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { checkDurability } from "@misskeep/redis";
import { describe, expect, test } from "vitest";
import { hasApt } from "./debian-package.ts";
import { dockerAnswers, whyNoImage } from "./docker.ts";
import { findOnPath } from "./on-path.ts";
import { connected, environment, get, obtain, set, temporaryFolder } from "./test-helpers.ts";

const canTryDocker = (await dockerAnswers(environment)) && (await whyNoImage(environment)) === undefined;
const canTryPackage = await hasApt();

describe("without Redis on PATH", () => {
  test("lists the ways out where nothing works", async () => {
    const folder = await temporaryFolder();
    const obtaining = obtain(join(folder, "data"), { env: { PATH: folder } });
    await expect(obtaining).rejects.toMatchObject({ code: "REDIS_NOT_FOUND" });
    await expect(obtaining).rejects.toThrow(/not on PATH[^]*REDIS_URL[^]*Docker/);
  });

  test.skipIf(!canTryDocker)(
    "runs it in Docker, on the data dir, as durable as any",
    { timeout: 120_000 },
    async () => {
      const dataDir = await temporaryFolder();
      const PATH = `${await pathWithoutRedis(await temporaryFolder())}:${await pathWithDocker()}`;
      const options = { env: { ...environment, PATH }, mayBeContainer: true };
      const first = await obtain(dataDir, options);
      expect(first.kind).toBe("docker");
      await set(first.url);
      expect(await connected(first.url, checkDurability)).toMatchObject({ level: "disk" });
      const second = await obtain(dataDir, options);
      expect(second).toMatchObject({ kind: "adopted", url: first.url });
      await first.stop();
      await second.stop();
      const third = await obtain(dataDir, options);
      expect(third).toMatchObject({ kind: "docker", url: first.url });
      expect(await get(third.url)).toBe("kept");
      await third.stop();
    },
  );

  test.skipIf(!canTryPackage)(
    "unpacks Debian's package into the data dir",
    { timeout: 240_000 },
    async ({ skip }) => {
      const dataDir = await temporaryFolder();
      const PATH = await pathWithoutRedis(await temporaryFolder());
      const announced: string[] = [];
      const options = { env: { ...environment, PATH }, announce: (line: string) => announced.push(line) };
      const server = await obtain(dataDir, options).catch((error: unknown) => {
        if (String(error).includes("Unable to fetch")) skip("no Debian mirror can be reached");
        throw error;
      });
      expect(server.kind).toBe("debian-package");
      expect(announced).toHaveLength(1);
      await set(server.url);
      expect(await connected(server.url, checkDurability)).toMatchObject({ level: "disk" });
      await server.stop();
      const again = await obtain(dataDir, options);
      expect(await get(again.url)).toBe("kept");
    },
  );
});

async function pathWithDocker(): Promise<string> {
  const folder = await temporaryFolder();
  const docker = (await findOnPath("docker", environment["PATH"])) ?? expect.fail("docker is not on PATH");
  await symlink(docker, join(folder, "docker"));
  return folder;
}

/** A PATH with all that apt needs, and no Redis. */
async function pathWithoutRedis(folder: string): Promise<string> {
  for (const place of ["/usr/sbin", "/usr/bin"]) {
    const names = (await readdir(place)).filter((name) => !/^(redis|valkey|docker)/.test(name));
    await Promise.all(names.map((name) => symlink(join(place, name), join(folder, name)).catch(() => {})));
  }
  return folder;
}
