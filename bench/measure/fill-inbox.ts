import { accept } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import { createBodies } from "../load/deliveries.ts";

const AT_ONCE = 200;
const WINDOW = { windowMs: 8 * 24 * 3_600_000 };

/**
 * Puts events into the inbox as ingest does, but without HTTP.
 *
 * @returns their bodies' event ids
 */
export async function fillInbox(redis: Redis, count: number): Promise<readonly string[]> {
  const next = createBodies();
  const ids: string[] = [];
  while (ids.length < count) {
    const chunk = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, next);
    await Promise.all(
      chunk.map(({ eventId, body }) => {
        const meta = {
          secretNumber: 1,
          hookId: "atxm7hkyaohs0014",
          host: "misskey.test",
          userAgent: "Misskey-Hooks",
          contentType: "application/json",
          type: (JSON.parse(String(body)) as { type: string }).type,
        };
        const delivery = { hook: "default", receivedAt: Date.now(), meta, body };
        return accept(redis, delivery, { server: "https://misskey.test", eventId }, WINDOW);
      }),
    );
    for (const { eventId } of chunk) ids.push(eventId);
  }
  return ids;
}
