/**
 * The spool's promise, at every step at which the power can go: what was acknowledged becomes an event, once, whole.
 *
 * The disk forgets what was not synced; Redis is a model too, as it has to forget what it had not synced yet.
 */
import type { Acceptance } from "@misskeep/inbox";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ForgetfulDisk } from "../test-support/forgetful-disk.ts";
import type { Spooled } from "./file-format.ts";
import type { SpoolFs } from "./file-system.ts";
import { createSpool, type Spool } from "./spool.ts";

const FOLDER = "/data/spool";
const ASIDE = `${FOLDER}/aside`;

interface Plan {
  readonly actions: readonly Action[];
  /** One for each life of the process; the last one is not cut short. */
  readonly crashes: readonly number[];
  readonly fails: readonly number[];
  readonly choices: readonly number[];
  /** Whether Redis syncs before it answers. */
  readonly syncs: boolean;
}
type Action = "put" | "two" | "round" | "minute" | "redis-crash" | "away" | "back";

/** How a build can be broken. */
interface Canary {
  readonly fs?: (fs: SpoolFs) => SpoolFs;
  readonly believesSynced?: boolean;
}

/** Redis, as far as the spool sees it. */
class ModelInbox {
  entries: { body: string; isSynced: boolean }[] = [];
  isAway = false;
  readonly #syncs: boolean;

  constructor(syncs: boolean) {
    this.#syncs = syncs;
  }

  accept({ delivery }: Spooled): Promise<Acceptance> {
    if (this.isAway) return Promise.reject(new Error("Connection is closed."));
    const body = delivery.body.toString();
    const isKnown = this.entries.some((entry) => entry.body === body);
    if (!isKnown) this.entries.push({ body, isSynced: this.#syncs });
    return Promise.resolve({ status: isKnown ? "duplicate" : "accepted", id: "0-1-1" });
  }

  sync(): void {
    for (const entry of this.entries) entry.isSynced = true;
  }

  crash(): void {
    this.entries = this.entries.filter(({ isSynced }) => isSynced);
  }
}

const spooledOf = (body: string): Spooled => ({
  delivery: {
    hook: "mine",
    receivedAt: 1_795_485_891_939,
    meta: { secretNumber: 1 },
    body: Buffer.from(body),
  },
  identity: { server: undefined, eventId: body },
});

async function holds({ actions, crashes, fails, choices, syncs }: Plan, canary: Canary): Promise<boolean> {
  const disk = new ForgetfulDisk();
  const inbox = new ModelInbox(syncs);
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  let minutes = 0;
  let choice = 0;
  const choose = (): number => choices[choice++ % choices.length] ?? 0;

  const live = async (
    crashAt: number,
    failing: readonly number[],
    work: readonly Action[],
  ): Promise<number> => {
    let done = 0;
    let onCrash!: () => void;
    const crashed = new Promise<void>((resolve) => (onCrash = resolve));
    const mounted = disk.mount({ crashAt, failAt: new Set(failing), choose }, onCrash);
    const spool: Spool = createSpool({
      fs: canary.fs?.(mounted) ?? mounted,
      folder: FOLDER,
      maxBytes: 1_000_000,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      clock: () => 1_795_485_891_939,
      now: () => minutes * 60_001,
      accept: (spooled) => inbox.accept(spooled),
      canAccept: () => !inbox.isAway,
      syncs: () => (syncs || canary.believesSynced ? 1 : undefined),
      isRefusal: () => false,
      taken: () => 0,
      onDrained: () => {},
      onRefused: () => {},
      onUnavailable: () => {},
    });
    const put = async (): Promise<void> => {
      const body = `event ${sent.size}`;
      sent.add(body);
      await spool.put(spooledOf(body), 10_000).then(
        () => acknowledged.add(body),
        () => undefined,
      );
    };
    const act: Record<Action, () => unknown> = {
      put,
      two: () => Promise.all([put(), put()]),
      round: () => spool.round(),
      minute: () => ((minutes += 1), inbox.sync()),
      "redis-crash": () => inbox.crash(),
      away: () => (inbox.isAway = true),
      back: () => (inbox.isAway = false),
    };
    const run = async (): Promise<void> => {
      await spool.round();
      for (const action of work) {
        await act[action]();
        done += 1;
      }
    };
    await Promise.race([run(), crashed]);
    return done;
  };

  let left = actions;
  for (const crashAt of crashes) {
    const done = await live(crashAt, fails, left);
    left = left.slice(done + 1);
    disk.crash(choose);
    // The same power feeds both.
    if (choose() % 2 === 0) inbox.crash();
  }
  const toTheEnd: Action[] = [];
  for (let i = 0; i < 4; i++) toTheEnd.push("round", "minute", "redis-crash");
  await live(Infinity, [], [...left, "back", ...toTheEnd, "round"]);

  const bodies = inbox.entries.map(({ body }) => body);
  const isOnce = new Set(bodies).size === bodies.length;
  const isWhole = bodies.every((body) => sent.has(body));
  const isThere = [...acknowledged].every((body) => bodies.includes(body));
  const isDrained = !disk.filesIn(FOLDER).some((name) => name.endsWith(".event"));
  // Under its own name a file is whole, whatever happened.
  const isNothingAside = disk.filesIn(ASIDE).length === 0;
  return isOnce && isWhole && isThere && isDrained && isNothingAside;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  actions: fc.array(
    fc.constantFrom<Action>("put", "put", "two", "round", "minute", "redis-crash", "away", "back"),
    { minLength: 1, maxLength: 14 },
  ),
  crashes: fc.array(fc.nat(90), { minLength: 1, maxLength: 3 }),
  fails: fc.array(fc.integer({ min: 9, max: 60 }), { maxLength: 2 }),
  choices: fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }),
  syncs: fc.boolean(),
});

const check = (canary: Canary, numRuns: number) =>
  fc.check(
    fc.asyncProperty(plans, (plan) => holds(plan, canary)),
    { numRuns },
  );

test("what was acknowledged becomes an event once and whole, wherever the power goes", async () => {
  const result = await check({}, 3_000);
  expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
});

const changing =
  (change: (fs: SpoolFs) => Partial<SpoolFs>) =>
  (fs: SpoolFs): SpoolFs => ({ ...fs, ...change(fs) });

describe("the property above fails for a spool that", () => {
  test.each<[string, Canary]>([
    [
      "does not sync its files",
      {
        fs: changing((fs) => ({
          create: async (path) => ({ ...(await fs.create(path)), sync: () => Promise.resolve() }),
        })),
      },
    ],
    ["does not sync its folder", { fs: changing(() => ({ syncFolder: () => Promise.resolve() })) }],
    [
      "syncs again after a failed sync",
      {
        fs: changing((fs) => ({
          create: async (path) => {
            const file = await fs.create(path);
            return { ...file, sync: () => file.sync().catch(() => file.sync()) };
          },
        })),
      },
    ],
    ["removes a file before its event is synced", { believesSynced: true }],
    [
      "writes under the final name",
      {
        fs: changing((fs) => ({
          create: (path) => fs.create(path.replace(/\/\.(.*)\.part$/, "/$1")),
          rename: () => Promise.resolve(),
        })),
      },
    ],
  ])("%s", async (_what, canary) => {
    expect((await check(canary, 20_000)).failed).toBe(true);
  });
});
