/** Lets planned faults strike: those of one resource one after another, others at the same time. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Resource } from "./faults/fault.ts";
import type { Random } from "./random.ts";
import type { Strike } from "./schedule.ts";
import type { World } from "./world.ts";

/** More at a time and nothing works between them: what goes on would never be seen. */
const AT_A_TIME = 3;

/**
 * @param say told, in a line, of each fault's end
 * @returns when the last one is over and what it struck is back
 */
export async function strikeAll<W extends Pick<World, "ledger">>(
  world: W,
  strikes: readonly Strike<W>[],
  random: Random,
  say: (line: string) => void,
): Promise<void> {
  const { ledger } = world;
  const began = ledger.now();
  const lanes = new Map<Resource, Promise<void>>();
  const underWay = new Set<Promise<void>>();

  const strike = async ({ fault, lasts }: Strike<W>, label: string): Promise<void> => {
    const from = ledger.now();
    const active = await fault.start(world, random.fork(label));
    await sleep(lasts);
    await active.stop();
    const until = ledger.now();
    const { target, pids, mayLose } = active;
    ledger.add("faults", {
      kind: fault.kind,
      target,
      from,
      until,
      ...(pids ? { pids } : {}),
      ...(mayLose ? { mayLose } : {}),
    });
    say(`${seconds(from)} to ${seconds(until)}  ${fault.kind} (${target})`);
  };

  for (const [index, each] of strikes.entries()) {
    await sleep(Math.max(0, began + each.at - ledger.now()));
    while (underWay.size >= AT_A_TIME) await Promise.race(underWay);
    const { resource } = each.fault;
    const before = lanes.get(resource) ?? Promise.resolve();
    const mine = before.then(() => strike(each, `fault ${index}`));
    lanes.set(resource, mine);
    underWay.add(mine);
    const over = (): unknown => underWay.delete(mine);
    mine.then(over, over);
  }
  await Promise.all(underWay);
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1).padStart(7)} s`;
