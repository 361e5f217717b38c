/** Sends everything that can come over a socket to a real ingest, and looks at what it answers and what it takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inboxState } from "@misskeep/inbox";
import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { capture, deliver, startPrivateRedis, until } from "@misskeep/testkit";
import { watchHeaps } from "../heap-watch.ts";
import { openLedger } from "../ledger.ts";
import { type Member, startMember } from "../member.ts";
import { openFiles, residentMb } from "../process-figures.ts";
import { createRandom } from "../random.ts";
import { makeCase, MAX_BODY_BYTES, SECRET } from "./cases.ts";
import { exchange } from "./exchange.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  readonly root: string;
  readonly say: (line: string) => void;
}

export interface FuzzResult {
  readonly requests: number;
  /** What should not be, with the number of the case: the seed makes it again. */
  readonly findings: readonly string[];
  /** By the kind of case and the final statuses that it was answered with. */
  readonly answers: ReadonlyMap<string, number>;
  /** Ingest after each tenth, MB: resident, and the least of its heap that was seen in that tenth. */
  readonly memoryMb: readonly number[];
  readonly heapMb: readonly (number | undefined)[];
  /** Open in ingest before and after. */
  readonly files: { readonly before: number; readonly after: number };
  /** Answered 202, and counted by the inbox. */
  readonly accepted: { readonly answered: number; readonly counted: number };
  readonly seconds: number;
}

const AT_ONCE = 48;
const MOST_FINDINGS = 20;
/** Resident memory settles after some thousand requests; after that it must not grow, but for what garbage there is, MB. */
const MOST_GROWTH_MB = 60;
/** Of what is left of the heap after a collection, MB. Of a million requests, 10 bytes each would be as much. */
const MOST_HEAP_GROWTH_MB = 10;
/** In a shorter run a tenth has too few looks at the heap to meet one soon after a collection. */
const ENOUGH_LOOKS_S = 200;

export async function fuzzDoor({ seed, requests, root, say }: FuzzOptions): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), "misskeep-fuzz-"));
  const server = await startPrivateRedis();
  const redis = connectRedis({ url: server.url, role: "command" });
  const ledger = openLedger(join(folder, "ledger.jsonl"));
  let ingest: Member | undefined;
  try {
    await waitUntilReady(redis, 30_000);
    ingest = startMember({
      app: "ingest",
      name: "ingest",
      root,
      folder,
      ledger,
      env: {
        MISSKEEP_ENV_FILE: join(folder, "no-such-file"),
        MISSKEEP_DATA_DIR: join(folder, "data"),
        REDIS_URL: server.url,
        METRICS_PORT: "0",
        PORT: "0",
        HOST: "127.0.0.1",
        LOG_LEVEL: "info",
        MISSKEY_HOOK_SECRETS: SECRET,
        MAX_BODY_BYTES: String(MAX_BODY_BYTES),
        // What is remembered would fill the memory of a machine.
        IDEMPOTENCY_WINDOW: "2m",
      },
    });
    await ingest.ready();
    return await fuzz({ seed, requests, say, redis, ingest });
  } finally {
    await ingest?.leave("the fuzzing is over", "SIGKILL");
    await ledger.close();
    redis.disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fuzz(
  options: Pick<FuzzOptions, "seed" | "requests" | "say"> & { redis: Redis; ingest: Member },
): Promise<FuzzResult> {
  const { seed, requests, say, redis, ingest } = options;
  const random = createRandom(seed);
  const findings: string[] = [];
  const answers = new Map<string, number>();
  const memoryMb: number[] = [];
  const heapMb: (number | undefined)[] = [];
  const heaps = watchHeaps(() => [ingest]);
  const pid = ingest.pid() ?? 0;
  const port = ingest.port() ?? 0;
  const filesBefore = openFiles(pid);
  const began = performance.now();
  let next = 0;
  let accepted = 0;

  const one = async (index: number): Promise<void> => {
    const { name, pieces, allowed, mayBeSilent } = makeCase(random.fork(`case ${index}`));
    const { statuses, codes, hung } = await exchange(port, pieces, mayBeSilent);
    accepted += statuses.filter((status) => status === 202).length;
    const key = `${name}: ${[...new Set(statuses)].toSorted((a, b) => a - b).join(" ") || "none"}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
    const odd = statuses.filter((status) => !allowed.has(status));
    if (odd.length > 0)
      findings.push(`case ${index} (${name}) was answered ${odd.join(", ")} (${codes.join(", ")})`);
    if (hung) findings.push(`case ${index} (${name}) never ended`);
    if (statuses.length === 0 && !mayBeSilent) findings.push(`case ${index} (${name}) was not answered`);
  };
  const lane = async (): Promise<void> => {
    while (next < requests && findings.length < MOST_FINDINGS) {
      const index = next;
      next += 1;
      await one(index);
      if (index % Math.ceil(requests / 10) === 0 && index > 0) {
        memoryMb.push(residentMb(pid));
        heapMb.push(heaps.take()[ingest.name]);
        say(
          `${index} requests, ${accepted} accepted, ${memoryMb.at(-1)} MB, heap ${heapMb.at(-1) ?? "–"} MB`,
        );
        await redis.xtrim(keys.inbox, "MAXLEN", "~", 1_000);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  heaps.stop();
  const seconds = Math.round((performance.now() - began) / 1_000);

  if (ingest.pid() !== pid) findings.push("ingest ended and was started again");
  const { accepted: counted } = await inboxState(redis);
  // More is fine: the sender went before its answer came.
  if (counted < accepted) findings.push(`${accepted} were answered 202, and the inbox took ${counted}`);
  const grows: [what: string, values: readonly (number | undefined)[], most: number][] = [
    ["memory", memoryMb, MOST_GROWTH_MB],
  ];
  if (seconds > ENOUGH_LOOKS_S) grows.push(["the heap", heapMb, MOST_HEAP_GROWTH_MB]);
  for (const [what, values, most] of grows) {
    const [early = 0, late = 0] = [values[2], values.at(-1)];
    if (late > early + most) findings.push(`${what} grew from ${early} to ${late} MB`);
  }
  // Connections of ours that it still has open.
  await until(() => openFiles(pid) <= filesBefore + 5, { timeout: 30_000 }).catch(() =>
    findings.push(`${openFiles(pid)} files are open; there were ${filesBefore}`),
  );
  const answer = await deliver(`http://127.0.0.1:${port}/misskey`, capture("note-files"), { secret: SECRET });
  if (answer.status !== 202 && answer.status !== 200) findings.push(`afterwards it answers ${answer.status}`);
  return {
    requests: next,
    findings,
    answers,
    memoryMb,
    heapMb,
    files: { before: filesBefore, after: openFiles(pid) },
    accepted: { answered: accepted, counted },
    seconds,
  };
}
