import { accept, type Delivery, ensureGroup, type EventId } from "@misskeep/inbox";
import type { Subscription } from "@misskeep/processor";
import { DISPATCHERS, keys } from "@misskeep/redis";
import { onTestFinished } from "vitest";
import { type DispatcherOptions, startDispatcher } from "../src/dispatcher.ts";
import type { Dispatched } from "../src/dispatch.ts";
import { beat } from "../src/workers.ts";
import { aBody, testLog, type World } from "./world.ts";

/** Registers processors as a worker's heartbeat does. */
export async function subscribe(
  world: World,
  processors: Readonly<Record<string, Subscription>>,
  worker = { id: "w1", startedAt: Date.now() },
): Promise<void> {
  const about = { host: "test", pid: 1, version: "0" };
  await beat(world.redis, { ...worker, about }, new Map(Object.entries(processors)));
}

/** Puts an event into the inbox. */
export async function acceptBody(
  world: World,
  body: string | Buffer | object = aBody(),
  parts: Partial<Delivery> = {},
): Promise<EventId> {
  await ensureGroup(world.redis);
  const raw = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const delivery = {
    hook: "default",
    receivedAt: Date.now(),
    meta: { secretNumber: 1 },
    body: raw,
    ...parts,
  };
  return (await accept(world.redis, delivery, undefined, { windowMs: 60_000 })).id;
}

/** A dispatcher that looks often, until the test ends. */
export function startTestDispatcher(
  world: World,
  options: Partial<DispatcherOptions> = {},
): { readonly dispatched: Dispatched[]; stop(): Promise<void> } {
  const dispatched: Dispatched[] = [];
  const stop = startDispatcher({
    redis: world.redis,
    blocking: world.connect("worker"),
    queues: world.queues,
    consumer: "w1",
    log: testLog(world.log),
    onDispatched: (each) => void dispatched.push(each),
    reclaimEveryMs: 20,
    ...options,
  });
  let stopped: Promise<void> | undefined;
  const once = (): Promise<void> => (stopped ??= stop());
  onTestFinished(once);
  return { dispatched, stop: once };
}

/** Entries that some dispatcher holds: id → how often it was delivered. */
export async function heldEntries(world: World): Promise<Record<string, number>> {
  const pending = (await world.redis.xpending(keys.inbox, DISPATCHERS, "-", "+", 1_000)) as [
    string,
    string,
    number,
    number,
  ][];
  return Object.fromEntries(pending.map(([id, , , deliveries]) => [`0-${id}`, deliveries]));
}

/** The ids of every job in a queue, whatever its state. */
export async function jobIds(world: World, processor: string): Promise<string[]> {
  const jobs = await world.queues
    .get(processor)
    .getJobs(["wait", "active", "delayed", "completed", "failed"], 0, -1, true);
  return jobs.map(({ id }) => String(id)).toSorted();
}
