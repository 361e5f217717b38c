// @ts-check
/**
 * `npm run test:docker`: builds the image, tries docker-compose.yml with it, and runs the unit tests with Redis in
 * containers. Needs a Docker engine with Compose 2.24.4 or newer.
 *
 * | variable | meaning |
 * |---|---|
 * | `BUILD_NETWORK` | `host` where containers reach nothing outside |
 * | `NODE_EXTRA_CA_CERTS` | the build trusts it too |
 * | `TESTCONTAINERS_…` | as testcontainers documents them |
 *
 * The last line is for programs, as that of `npm test`: `<n> passed, <n> failed`.
 */
import { root } from "./bootstrap.mjs";
import { none } from "./test/counts.mjs";
import { installAndBuild, run, runSections, runTests } from "./test/sections.mjs";

const failure = { ...none, failed: 1 };

await runSections([
  { title: "Docker", run: findDocker, needed: true },
  installAndBuild,
  { title: "image", run: buildImage, needed: true },
  { title: "docker compose", run: () => runTests("docker") },
  { title: "unit tests on containers", run: () => runTests("unit") },
]);

async function findDocker() {
  if ((await run("docker", ["info", "--format", "engine {{.ServerVersion}}"])).code !== 0) {
    console.error("No Docker engine answers: install Docker and start it, and see that `docker info` works.");
    return failure;
  }
  if ((await run("docker", ["compose", "version"])).code === 0) return none;
  console.error("`docker compose` is missing: install Docker's Compose plugin.");
  return failure;
}

async function buildImage() {
  const files = ["docker-compose.yml", "test/docker/override.yml"];
  if (process.env["NODE_EXTRA_CA_CERTS"]) files.push("test/docker/build-ca.yml");
  const args = ["compose", "--project-directory", root, ...files.flatMap((file) => ["--file", file])];
  const { code } = await run("docker", [...args, "--progress", "plain", "build"]);
  return code === 0 ? { ...none, passed: 1 } : failure;
}
