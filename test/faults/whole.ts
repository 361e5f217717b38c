/**
 * `npm start` as a whole: Redis, ingest, worker and console in one process group, killed and stopped all at once, and
 * started again on what was left.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectRedis, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { freePort, repositoryRoot, startTcpProxy, until } from "@misskeep/testkit";
import { AT_ONCE, type Fault } from "./faults/fault.ts";
import { findLocks, findStuck, readFinalState } from "./final-state.ts";
import { findViolations } from "./invariants.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { type Member, startMember } from "./member.ts";
import { createRandom } from "./random.ts";
import { startReceiver } from "./receiver.ts";
import { outcomeOf, type RunOptions, type RunResult } from "./run.ts";
import { planStrikes } from "./schedule.ts";
import { startSender } from "./sender.ts";
import { strikeAll } from "./strike.ts";
import { PROCESSORS, SECRET } from "./world.ts";

interface Whole {
  readonly ledger: Ledger;
  readonly launcher: Member;
  readonly dataDir: string;
}

const ALL = [...PROCESSORS, "quarantine"];

function endLauncher(signal: "SIGKILL" | "SIGTERM"): Fault<Whole> {
  return {
    kind: `npm start ${signal}`,
    resource: "launcher",
    lasts: AT_ONCE,
    async start({ launcher }) {
      await launcher.end(signal, `npm start ${signal}`);
      return { target: "all of it", stop: () => launcher.ready() };
    },
  };
}

const endRedis: Fault<Whole> = {
  kind: "npm start's Redis SIGKILL",
  resource: "launcher",
  lasts: [0, 3_000],
  async start({ dataDir }) {
    const redis = await connect(dataDir);
    const pid = Number(parseInfo(await redis.info("server")).get("process_id"));
    redis.disconnect();
    process.kill(pid, "SIGKILL");
    return {
      target: `redis ${pid}`,
      async stop() {
        (await until(() => connect(dataDir), { timeout: 60_000, every: 200 })).disconnect();
      },
    };
  },
};

const kinds: readonly Fault<Whole>[] = [endLauncher("SIGKILL"), endLauncher("SIGTERM"), endRedis];

/** The same as a run, with one launcher in place of the fleet. */
export async function runWhole(options: RunOptions): Promise<RunResult> {
  const { seed, events, rate, faults, ledgerFile, say, root = repositoryRoot } = options;
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "misskeep-faults-"));
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  // Where the tests got Redis from a package, it need not be fetched again.
  const redisPackage = join(repositoryRoot, ".misskeep/redis-package");
  if (existsSync(redisPackage)) symlinkSync(redisPackage, join(dataDir, "redis-package"));
  const ledger = openLedger(ledgerFile);
  const receiver = await startReceiver(ledger, random.fork("receiver"));
  const launcher = startMember({
    app: "launcher",
    name: "launcher",
    root,
    folder,
    ledger,
    env: {
      MISSKEEP_ENV_FILE: join(folder, "no-such-file"),
      MISSKEEP_DATA_DIR: dataDir,
      MISSKEY_HOOK_SECRETS: SECRET,
      PORT: String(await freePort()),
      CONSOLE_PORT: "0",
      METRICS_PORT: "0",
      SHUTDOWN_TIMEOUT: "8s",
      INBOX_MAX_BYTES: "262144",
      PROCESSORS_DIR: join(import.meta.dirname, "processors"),
      WORKER_PROCESSORS: PROCESSORS.join(","),
      ...Object.fromEntries(
        PROCESSORS.map((name) => [`${name.toUpperCase()}_URL`, `${receiver.url}/${name}`]),
      ),
    },
  });
  const door = await startTcpProxy(() => {
    const port = launcher.port();
    return port === undefined ? [] : [{ host: "127.0.0.1", port }];
  });
  try {
    await launcher.ready();
    say(`seed ${seed}: npm start is ready`);
    const sender = startSender({
      url: `http://127.0.0.1:${door.port}/misskey`,
      secret: SECRET,
      ledger,
      random: random.fork("sender"),
      events,
      rate,
      timeScale: options.timeScale ?? 60,
    });
    const strikes = planStrikes(kinds, {
      count: faults,
      within: (events / rate) * 1_000,
      random: random.fork("schedule"),
    });
    await strikeAll({ ledger, launcher, dataDir }, strikes, random.fork("strikes"), say);
    await sender.done;
    await launcher.ready();
    const calmSince = ledger.now();
    const redis = await connect(dataDir);
    let stuck: readonly string[] = [];
    const isDone = async (): Promise<boolean> => {
      stuck = await findStuck(redis, ALL);
      return stuck.length === 0;
    };
    await until(isDone, { timeout: options.drainMs ?? 300_000, every: 500 }).catch(() => undefined);
    const drainedMs = ledger.now() - calmSince;
    await sleep(500);
    const final = await readFinalState(redis, ALL);
    const locks = await findLocks(redis, ALL);
    redis.disconnect();
    const violations = findViolations({
      ledger,
      final: { ...final, stuck: [...stuck, ...locks.map((lock) => `the lock ${lock}`)] },
      processors: PROCESSORS,
      late: { name: "late", since: undefined },
    });
    return { ...outcomeOf(options, ledger, final), violations, drainedMs, lost: [] };
  } finally {
    await launcher.leave("the run is over");
    await Promise.all([door.close(), receiver.close(), ledger.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** To its private Redis, wherever it is now. */
async function connect(dataDir: string): Promise<Redis> {
  const text = readFileSync(join(dataDir, "redis/redis.conf"), "utf8");
  const port = /^port (\d+)$/m.exec(text)?.[1] ?? "";
  const password = /^requirepass (\S+)$/m.exec(text)?.[1] ?? "";
  const redis = connectRedis({ url: `redis://:${password}@127.0.0.1:${port}`, role: "command" });
  try {
    await waitUntilReady(redis, 20_000);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
