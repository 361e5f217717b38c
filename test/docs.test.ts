import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot, startApp } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { handledBy, idOf, makeWorld } from "./support/world.ts";

test("docs/operating.md names every metric of all apps, and no other", async () => {
  const world = await makeWorld();
  const ingest = await world.ingest();
  const worker = await world.worker();
  const env = { REDIS_URL: world.redisUrl, CONSOLE_PORT: "0", METRICS_PORT: "0" };
  const console = await startApp("console", { env });
  onTestFinished(async () => void (await console.kill()));
  await handledBy(world, "effect", idOf(await ingest.deliver("note-direct")));
  const names = new Set<string>();
  for (const app of [ingest.process, worker, console]) {
    const { metricsPort } = await app.waitFor(({ msg }) => msg === "ready");
    const text = await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
    for (const [, name] of text.matchAll(/^# TYPE (misskeep_\w+)/gm)) if (name) names.add(name);
  }
  const docs = await readFile(join(repositoryRoot, "docs/operating.md"), "utf8");
  const documented = new Set([...docs.matchAll(/`(misskeep_\w+)/g)].map(([, name]) => name));
  expect(documented).toEqual(names);
});
