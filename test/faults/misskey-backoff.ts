import type { Random } from "./random.ts";

/** Sends of an event in all. Source: Misskey's `webhookDeliver` jobs, measured on 2025.11.1 and 13.10.3. */
export const SENDS = 4;

/** From the start of a send to the head of its answer, ms. */
export const TIMEOUT_MS = 5_000;

/** A crashed Misskey resends what it was sending about so long after, even where the 2xx had come, ms. */
export const AFTER_CRASH_MS = 52_000;

/** An administrator's retry of a failed job, as seen, ms. */
export const ADMINISTRATOR_MS = 508_000;

/**
 * How long Misskey waits after a failed send: `(2^n - 1) * 60 s` and up to a fifth more.
 *
 * @param failures how many sends of the event have failed, from 1
 * @returns ms
 */
export function backoffMs(failures: number, random: Pick<Random, "int">): number {
  const base = (2 ** failures - 1) * 60_000;
  return base + (base / 5) * (random.int(0, 1_000) / 1_000);
}

/**
 * What Misskey makes of an answer.
 *
 * | answer | it |
 * |---|---|
 * | 2xx | is done |
 * | 4xx but 429 | gives up |
 * | 301, 302, 303 | asks again with GET, without the body: the event is lost |
 * | 307, 308 | would send it elsewhere, with the secret |
 * | 429, 5xx, 300, 304, no answer | sends it again |
 */
export function judgeAnswer(status: number | undefined): "done" | "gives-up" | "resends" {
  if (status === undefined) return "resends";
  if (status >= 200 && status < 300) return "done";
  const isFinal = status >= 400 && status < 500 && status !== 429;
  return isFinal || [301, 302, 303, 307, 308].includes(status) ? "gives-up" : "resends";
}
