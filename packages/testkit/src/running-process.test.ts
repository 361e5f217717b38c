import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { startProcess, type RunningProcess } from "./running-process.ts";

function script(source: string): RunningProcess {
  return startProcess(process.execPath, ["-e", source], { cwd: tmpdir(), env: {} });
}

test("a line that came before is found, and one that comes later is waited for", async () => {
  const process = script(`
    console.log('{"msg":"first"}');
    setTimeout(() => console.log(JSON.stringify({ msg: "ready", port: 7 })), 50);
    setInterval(() => {}, 1000);
  `);
  expect(await process.waitFor(({ msg }) => msg === "ready")).toMatchObject({ port: 7 });
  expect(await process.waitFor("first")).toEqual({ msg: "first" });
  expect(await process.kill("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
});

test("waiting fails at once, with the output, when the process ends", async () => {
  const process = script(`console.error("no luck"); process.exitCode = 3`);
  await expect(process.waitFor("ready")).rejects.toThrow(/ended \(3\)[^]*no luck/);
  expect(await process.exit).toEqual({ code: 3, signal: null });
});

test("a process gets the given environment and nothing else", async () => {
  const process = startProcess(globalThis.process.execPath, ["-p", "JSON.stringify(process.env)"], {
    cwd: tmpdir(),
    env: { GIVEN: "1" },
  });
  await process.exit;
  const { NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE, ...rest } = process.lines[0] ?? {};
  expect(rest).toEqual({ GIVEN: "1" });
  expect([NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE]).toBeDefined();
});
