/**
 * Sign-ins, kept in Redis so that a restart of the console, or a second one, knows them.
 *
 * The browser holds a random id in its cookie; Redis holds only the id's digest, so that whoever reads Redis cannot
 * use what lies there. Neither holds the token: a session names it by a MAC under the session's id, and ends with it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { keys, type Redis } from "@misskeep/redis";
import type { Person } from "./tokens.ts";

/** How long an unused session lasts. */
export const SESSION_MS = 12 * 3_600_000;
/** A session in use is renewed no oftener than this: each renewal is a write to Redis' disk. */
const RENEW_AFTER_MS = 15 * 60_000;
const ID = /^[A-Za-z0-9_-]{43}$/;

export interface Session {
  readonly name: string;
  readonly readonly: boolean;
  /** To be sent along with whatever changes something. */
  readonly csrf: string;
}

export interface Sessions {
  /** @returns the id, for the cookie, and the session */
  open(person: Person): Promise<{ readonly id: string; readonly session: Session }>;
  /** @returns undefined if it never was, has ended, or its token is no more */
  find(id: string): Promise<Session | undefined>;
  end(id: string): Promise<void>;
}

interface Stored {
  readonly name: string;
  readonly csrf: string;
  readonly mac: string;
}

export function createSessions(redis: Redis, people: readonly Person[]): Sessions {
  return {
    async open(person) {
      const id = randomBytes(32).toString("base64url");
      const csrf = randomBytes(24).toString("base64url");
      const stored: Stored = { name: person.name, csrf, mac: macOf(id, person).toString("hex") };
      await redis.set(keyOf(id), JSON.stringify(stored), "PX", SESSION_MS);
      return { id, session: { name: person.name, readonly: person.readonly, csrf } };
    },
    async find(id) {
      if (!ID.test(id)) return undefined;
      const key = keyOf(id);
      const [text, left] = await Promise.all([redis.get(key), redis.pttl(key)]);
      if (text === null) return undefined;
      const { name, csrf, mac } = JSON.parse(text) as Stored;
      const person = people.find((each) => each.name === name);
      if (!person || !timingSafeEqual(macOf(id, person), Buffer.from(mac, "hex"))) return undefined;
      if (left < SESSION_MS - RENEW_AFTER_MS) await redis.pexpire(key, SESSION_MS);
      return { name, readonly: person.readonly, csrf };
    },
    async end(id) {
      if (ID.test(id)) await redis.del(keyOf(id));
    },
  };
}

function keyOf(id: string): string {
  return keys.session(createHash("sha256").update(id).digest("hex"));
}

function macOf(id: string, { digest }: Person): Buffer {
  return createHmac("sha256", id).update(digest).digest();
}
