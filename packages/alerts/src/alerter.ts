/**
 * One look after the other: reads how everything is, tells people what decide.ts says, and sends the heartbeat.
 *
 * Of all workers only the holder of a lock looks. It holds on to the lock before each message, and stores each
 * message **after** it was taken: a crash in between repeats that one message once; the other order would lose it
 * for an hour. What could not be stored (Redis went away at that moment) is kept, and stored at the next look.
 */
import type { Log } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { findCauses } from "./causes/index.ts";
import { type CauseState, decide, type Message } from "./decide.ts";
import { createDelivery } from "./delivery.ts";
import type { Readings } from "./facts.ts";
import { holdLock, releaseLock } from "./lock.ts";
import { observeRefusals } from "./observe-refusals.ts";
import { get, postJson, type PostResult } from "./post.ts";
import { readStored, record } from "./store.ts";
import { toBody } from "./text/render.ts";
import { writeMessage } from "./write-message.ts";

/** Where people are told. Both addresses are secrets. */
export interface AlertTargets {
  /** Takes JSON as Discord and Slack do. */
  readonly webhookUrl?: string | undefined;
  /** Fetched each minute while all is well. */
  readonly heartbeatUrl?: string | undefined;
  /** Where the console is, for links. */
  readonly consoleUrl?: string | undefined;
}

export interface AlerterDeps {
  /** A connection of role `command`: while Redis is away nothing waits for it. */
  readonly redis: Redis;
  /** Of this process and of no other. */
  readonly worker: string;
  /** @param known ids of the causes that people were told of */
  readonly read: (known: readonly string[]) => Promise<Readings>;
  readonly targets: AlertTargets;
  readonly log: Log;
  /** Told of every attempt to send a message. */
  readonly onMessage?: (result: "sent" | "failed") => void;
  /** ms; only moves forward. @default performance.now */
  readonly now?: () => number;
}

export interface Alerter {
  /**
   * Does nothing but try the lock if another worker has it.
   *
   * @throws what Redis throws
   */
  look(): Promise<void>;
  /** Ends what is under way, and gives the lock back. No look may follow. */
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 60_000;
/** Looks do not come to the millisecond. */
const HEARTBEAT_SLACK_MS = 5_000;
/** Whom nobody can be told of, the lack of a heartbeat has to tell. */
const UNDELIVERED_MS = 300_000;

export function createAlerter(deps: AlerterDeps): Alerter {
  const { redis, worker, targets, log, now = () => performance.now() } = deps;
  const stopping = new AbortController();
  const delivery = createDelivery(now);
  /** Sent and not stored. */
  const unrecorded = new Map<string, CauseState | null>();
  let lastBeat = -Infinity;

  const send = async (message: Message, before: number): Promise<boolean> => {
    const { webhookUrl = "", consoleUrl } = targets;
    if (stopping.signal.aborted || !(await holdLock(redis, worker))) return false;
    const body = toBody(writeMessage(message, consoleUrl, before));
    const result = await postJson(webhookUrl, body, stopping.signal);
    if (stopping.signal.aborted && !result.ok) return false;
    const waitMs = delivery.done(result);
    deps.onMessage?.(result.ok ? "sent" : "failed");
    if (!result.ok) {
      log.error({ reason: result.reason, waitMs }, "an alert could not be sent; it is tried again");
      return false;
    }
    for (const [id, state] of message.changes) unrecorded.set(id, state);
    if (await record(redis, worker, unrecorded)) unrecorded.clear();
    return true;
  };

  const beat = async (isWell: boolean): Promise<void> => {
    const { heartbeatUrl } = targets;
    if (heartbeatUrl === undefined || !isWell || now() - lastBeat < HEARTBEAT_MS - HEARTBEAT_SLACK_MS) return;
    const result: PostResult = await get(heartbeatUrl, stopping.signal);
    if (result.ok) lastBeat = now();
    else log.warn({ reason: result.reason }, "the heartbeat could not be sent; it is tried again");
  };

  const look = async (): Promise<void> => {
    if (!(await holdLock(redis, worker))) {
      unrecorded.clear();
      return;
    }
    const stored = await readStored(redis);
    const known = new Map(stored.causes);
    for (const [id, state] of unrecorded) {
      if (state === null) known.delete(id);
      else known.set(id, state);
    }
    const readings = await deps.read([...known.keys()]);
    for (const id of readings.unseen) known.delete(id);
    const { refused, memory } = observeRefusals(readings.refusals, stored.refusals, readings.at);
    const room = targets.webhookUrl === undefined ? 0 : delivery.room();
    const decision = decide(findCauses({ ...readings, refused }), known, readings.at, room);
    const changes = new Map([...unrecorded, ...decision.changes]);
    if (!(await record(redis, worker, changes, memory))) return;
    unrecorded.clear();
    for (const [index, message] of decision.messages.entries()) if (!(await send(message, index))) break;
    const failingSince = delivery.failingSince();
    const isMute = failingSince !== undefined && now() - failingSince > UNDELIVERED_MS;
    await beat(!decision.isDown && !isMute);
  };

  return {
    look,
    async stop() {
      stopping.abort();
      // A look that is under way takes the lock no more. If Redis is away, the lock ends by itself.
      await releaseLock(redis, worker).catch(() => undefined);
    },
  };
}
