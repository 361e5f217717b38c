import { execFile } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { copyOfWorkspace } from "./support/copy-of-workspace.ts";
import { handledBy, idOf, makeWorld } from "./support/world.ts";

const run = promisify(execFile);

test("a processor is added by following the README's steps: one file and one line", async () => {
  const [file, line] = await steps();
  const copy = await copyOfWorkspace();
  await writeFile(join(copy, file.path), file.code);
  await appendFile(join(copy, line.path), line.code);
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "apps/worker"], { cwd: copy });

  const world = await makeWorld();
  const ingest = await world.ingest();
  const worker = await world.worker({ root: copy });
  const id = idOf(await ingest.deliver("followed-remote"));
  await handledBy(world, "greet", id);
  await worker.waitFor(({ processor, msg }) => processor === "greet" && String(msg).startsWith("Hello, @"));
  const other = idOf(await ingest.deliver("note-direct"));
  await handledBy(world, "log", other);
  expect(await world.stateOf("greet", other)).toBeUndefined();
});

/** The README's first two steps: where, and the code block that follows. */
async function steps(): Promise<[Step, Step]> {
  const readme = await readFile(join(repositoryRoot, "README.md"), "utf8");
  const section = readme.split("## Add a processor")[1]?.split("\n## ")[0] ?? "";
  const found = [...section.matchAll(/^\d\. .*`(apps\/[^`]+)`:\n\n +```ts\n([\s\S]*?)^ +```/gm)].map(
    ([, path = "", code = ""]) => ({ path, code: code.replaceAll(/^ {3}/gm, "") }),
  );
  expect(found).toHaveLength(2);
  return found as [Step, Step];
}

interface Step {
  readonly path: string;
  readonly code: string;
}
