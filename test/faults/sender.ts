/**
 * Misskey, as a sender: its time-out, its four sends, its backoff, identical bytes each time. Its waits are scaled
 * down; its time-out is not, as the times inside of the system are what they are.
 *
 * | share | it also |
 * |---|---|
 * | 5 % | crashes after it was answered, and sends the event again |
 * | 1 % | has the event retried by an administrator, much later |
 * | 2 % | sends it twice at the same moment: its job was taken for stalled |
 */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type FaultEvent, type Kind, makeEvent } from "./bodies.ts";
import type { Ledger } from "./ledger.ts";
import {
  ADMINISTRATOR_MS,
  AFTER_CRASH_MS,
  backoffMs,
  judgeAnswer,
  SENDS,
  TIMEOUT_MS,
} from "./misskey-backoff.ts";
import type { Random } from "./random.ts";

export interface SenderOptions {
  readonly url: string;
  readonly secret: string;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly events: number;
  /** First sends a second. */
  readonly rate: number;
  /** By how much Misskey's waits are shortened. */
  readonly timeScale: number;
  /** A kind of event that is not sent. */
  readonly without?: Kind;
}

export interface Sender {
  /** First sends made so far. */
  sent(): number;
  /** Fulfilled when every event is acknowledged or given up, and every extra send is made. */
  readonly done: Promise<void>;
  /** No further events; those under way go on. */
  stop(): void;
}

/** Misskey has as many at a time. */
const CONNECTIONS = 64;

export function startSender(options: SenderOptions): Sender {
  const { url, ledger, random, events, rate, timeScale, without } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const free = createSlots(CONNECTIONS);
  let index = 0;
  let stopped = false;

  const send = async (event: FaultEvent): Promise<"done" | "gives-up" | "resends"> => {
    const secret = event.kind === "wrong-secret" ? "a-wrong-secret" : options.secret;
    const release = await free();
    const from = ledger.now();
    const answer = await post(url, event, secret, agent);
    release();
    ledger.add("sends", { index: event.index, from, until: ledger.now(), ...answer });
    return judgeAnswer(answer.status);
  };
  const wait = (ms: number): Promise<void> => sleep(ms / timeScale);

  const deliver = async (event: FaultEvent, chance: Random): Promise<void> => {
    for (let sends = 1; ; sends += 1) {
      const end = await send(event);
      if (end !== "resends" || sends === SENDS) return;
      await wait(backoffMs(sends, chance));
    }
  };

  const tell = async (event: FaultEvent): Promise<void> => {
    const chance = random.fork(`sends of ${event.index}`);
    const twice = chance.chance(0.02);
    const crash = chance.chance(0.05);
    const administrator = chance.chance(0.01);
    await Promise.all([deliver(event, chance), ...(twice ? [deliver(event, chance.fork("twin"))] : [])]);
    if (crash) await wait(AFTER_CRASH_MS).then(() => deliver(event, chance));
    if (administrator) await wait(ADMINISTRATOR_MS).then(() => deliver(event, chance));
  };

  const all = async (): Promise<void> => {
    const under: Promise<void>[] = [];
    const began = ledger.now();
    while (index < events && !stopped) {
      const due = Math.min(Math.floor(((ledger.now() - began) / 1_000) * rate), events);
      for (; index < due; index += 1) {
        const event = makeEvent(index, random.fork(`event ${index}`), without);
        ledger.add("sent", { index, kind: event.kind, digest: event.digest });
        under.push(tell(event));
      }
      await sleep(20);
    }
    await Promise.all(under);
    agent.destroy();
  };
  return { sent: () => index, done: all(), stop: () => (stopped = true) };
}

interface Answer {
  readonly status?: number;
  readonly id?: string | null;
  readonly error?: string;
}

/** The head of an answer is what counts: Misskey never reads its body. It is read here for the event's id. */
function post(url: string, event: FaultEvent, secret: string, agent: Agent): Promise<Answer> {
  const target = new URL(url);
  const headers = event.capture.headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === "host") return [name, target.host];
    if (lower === "content-length") return [name, String(event.body.length)];
    return [name, lower.endsWith("-hook-secret") ? secret : value];
  });
  return new Promise((resolve) => {
    const outgoing = request(target, { method: "POST", agent, headers }, (response) => {
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      // A body that never ends changes nothing.
      const patience = setTimeout(() => response.destroy(), TIMEOUT_MS);
      response.on("error", () => {});
      response.once("close", () => {
        clearTimeout(patience);
        resolve({ status, ...idIn(Buffer.concat(pieces).toString("utf8")) });
      });
    });
    const timer = setTimeout(() => outgoing.destroy(new Error("timed out")), TIMEOUT_MS);
    outgoing.once("error", (error) => {
      clearTimeout(timer);
      resolve({ error: error.message });
    });
    outgoing.end(event.body);
  });
}

function idIn(text: string): { id?: string | null } {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === "string" || id === null ? { id } : {};
  } catch {
    return {};
  }
}

/** @returns a function that waits for a free place and gives the one that frees it again */
function createSlots(count: number): () => Promise<() => void> {
  let left = count;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    const next = waiting.shift();
    if (next) next();
    else left += 1;
  };
  return async () => {
    if (left > 0) left -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return release;
  };
}
