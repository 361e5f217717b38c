/** A dump of an app's memory tells no secret that is only compared with: apps keep digests of those. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { captures, deliver, freshRedisUrl, type RunningProcess, startApp, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./support/misskeep.ts";

interface Watched {
  readonly app: RunningProcess;
  readonly port: number;
  /** All that its JavaScript can still reach, as text. */
  heap(): Promise<string>;
}

async function start(name: "ingest" | "console", env: Readonly<Record<string, string>>): Promise<Watched> {
  const folder = join(await temporaryFolder(), "heap");
  mkdirSync(folder);
  const app = await startApp(name, {
    env: { REDIS_URL: await freshRedisUrl(), PORT: "0", CONSOLE_PORT: "0", METRICS_PORT: "0", ...env },
    nodeArgs: ["--heapsnapshot-signal=SIGUSR2", `--diagnostic-dir=${folder}`],
  });
  onTestFinished(async () => void (await app.kill("SIGKILL")));
  const { port } = await app.waitFor(({ msg }) => msg === "ready");
  return {
    app,
    port: Number(port),
    async heap() {
      process.kill(app.pid, "SIGUSR2");
      const file = await until(() => readdirSync(folder)[0], { timeout: 60_000 });
      // It is written in one go, while the app does nothing else: once it answers again, it is whole.
      await fetch(`http://127.0.0.1:${String(port)}/health`);
      expect(statSync(join(folder, file)).size).toBeGreaterThan(1_000_000);
      return readFileSync(join(folder, file), "utf8");
    },
  };
}

test("ingest keeps no hook's secret, of the environment, of a file, or of a delivery", async () => {
  const file = join(await temporaryFolder(), "hooks.json");
  writeFileSync(file, JSON.stringify({ hooks: [{ name: "mods", secrets: ["from-a-file-7c1d"] }] }));
  const { port, heap } = await start("ingest", {
    MISSKEY_HOOK_SECRETS: "from-the-environment-52ab",
    MISSKEEP_HOOKS_FILE: file,
  });
  const send = (secret: string, n: number): Promise<{ status: number }> =>
    deliver(`http://127.0.0.1:${port}/misskey`, captures()[n]!, { secret });
  for (const [n, secret] of ["from-the-environment-52ab", "from-a-file-7c1d"].entries())
    expect((await send(secret, n)).status).toBe(202);
  // What the HTTP parser read last stays until it reads something else.
  for (let n = 0; n < 20; n += 1) expect((await send(`guess-number-${n}`, 0)).status).toBe(401);
  const text = await heap();
  // Of what is there: that it is read at all.
  expect(text.includes('"mods"') && text.includes("wrong-secret")).toBe(true);
  expect(["from-the-environment-52ab", "from-a-file-7c1d"].filter((each) => text.includes(each))).toEqual([]);
});

test("the console keeps no token", async () => {
  const [mio, ren] = ["mios-token-for-all-52ab", "rens-token-to-look-7c1d"];
  const { port, heap } = await start("console", { CONSOLE_TOKENS: `mio:${mio},ren:${ren}:readonly` });
  const ask = (token: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api/overview`, { headers: { authorization: `Bearer ${token}` } });
  for (const token of [mio, ren]) expect((await ask(token)).status).toBe(200);
  for (let n = 0; n < 5; n += 1) await (await ask(`no-such-token-${n}`)).text();
  const text = await heap();
  expect(text.includes('"ren"') && text.includes("/api/overview")).toBe(true);
  expect([mio, ren].filter((each) => text.includes(each))).toEqual([]);
});
