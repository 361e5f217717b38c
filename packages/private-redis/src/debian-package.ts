/**
 * Redis from Debian's or Ubuntu's package, without root: apt downloads into folders of its own, with its own lists,
 * and the packages are only unpacked, never installed.
 */
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Program } from "./start-server.ts";

const run = promisify(execFile);

/** Whether the package can be tried: apt and dpkg are there. */
export async function hasApt(): Promise<boolean> {
  const tools = ["/usr/bin/apt-get", "/usr/bin/dpkg-deb", "/var/lib/dpkg/status"];
  return Promise.all(tools.map((tool) => access(tool))).then(
    () => true,
    () => false,
  );
}

/**
 * Downloads and unpacks the package into a folder, unless an earlier start did.
 *
 * @param home the folder; it appears in one step, complete
 * @throws the error of apt or dpkg
 */
export async function debianProgram(home: string, env: NodeJS.ProcessEnv): Promise<Program> {
  const isThere = await access(join(home, "usr")).then(
    () => true,
    () => false,
  );
  if (!isThere) await unpackInto(home, env);
  const libraries = await libraryFolders(home);
  return {
    binary: join(home, "usr/bin/redis-server"),
    env: { ...env, LD_LIBRARY_PATH: libraries.join(":") },
  };
}

async function unpackInto(home: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(join(home, ".."), { recursive: true });
  const work = await mkdtemp(`${home}-`);
  try {
    const debs = await download(work, env);
    for (const deb of debs) await run("dpkg-deb", ["--extract", deb, join(work, "root")], { env });
    // Another start may have been faster; its result is as good.
    await rename(join(work, "root"), home).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(work: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const lists = join(work, "lists");
  const archives = join(work, "archives");
  await mkdir(join(lists, "partial"), { recursive: true });
  await mkdir(join(archives, "partial"), { recursive: true });
  await mkdir(join(work, "root"));
  const status = join(work, "status");
  await writeFile(status, withoutRedis(await readFile("/var/lib/dpkg/status", "utf8")));
  const settings = {
    "Dir::State::lists": lists,
    "Dir::State::status": status,
    "Dir::Cache": work,
    "Dir::Cache::archives": archives,
    // Root would hand the download to the user _apt, who may not write here.
    "APT::Sandbox::User": "root",
    "Debug::NoLocking": "1",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const apt = (...args: string[]): Promise<unknown> =>
    run("apt-get", ["-q", ...options, ...args], { env, maxBuffer: 16 * 1024 * 1024 });
  // A third-party source that is away fails the update as a whole, though the lists that matter are there.
  const updateError: unknown = await apt("update").then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    await apt("install", "--download-only", "--yes", "--no-install-recommends", "redis-server");
  } catch (error) {
    throw updateError ?? error;
  }
  const names = await readdir(archives);
  return names.filter((name) => name.endsWith(".deb")).map((name) => join(archives, name));
}

// Where the package is installed but not on PATH, apt would see nothing to download.
function withoutRedis(status: string): string {
  return status
    .split("\n\n")
    .filter((paragraph) => !/^Package: redis(-server|-tools)$/m.test(paragraph))
    .join("\n\n");
}

async function libraryFolders(home: string): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const libraries = entries.filter((entry) => /\.so(\.\d+)*$/.test(entry.name));
  return [...new Set(libraries.map((entry) => entry.parentPath))];
}
