/**
 * The connections of server-sent events. Each event is a whole picture, so a client that reads too slowly misses some
 * and then gets the newest; one that reads nothing at all is cut off. Nothing piles up here.
 */
import type { ServerResponse } from "node:http";

export interface LiveClient {
  /** Of the cookie; null where there is none. */
  readonly sessionId: string | null;
  /** Whether who signed in still may look. Fails while that cannot be known. */
  readonly mayStay: () => Promise<boolean>;
}

export interface Clients {
  readonly size: number;
  /** @returns sends to this one only */
  add(response: ServerResponse, client: LiveClient): (event: string, data: string) => void;
  send(event: string, data: string): void;
  /** A comment, so that no proxy takes the connection for dead; and a look at who still may be here. */
  beat(): Promise<void>;
  /** Ends those of a session, or all. */
  end(sessionId?: string): void;
}

/** For so long a client may leave what it was sent unread. */
const STUCK_MS = 30_000;

export function createClients(now: () => number): Clients {
  const clients = new Map<ServerResponse, LiveClient & { stuckSince: number | undefined }>();
  const write = (response: ServerResponse, text: string): void => {
    const client = clients.get(response);
    if (!client) return;
    if (!response.writableNeedDrain) {
      client.stuckSince = undefined;
      response.write(text);
    } else {
      client.stuckSince ??= now();
      if (now() - client.stuckSince > STUCK_MS) response.destroy();
    }
  };
  return {
    get size() {
      return clients.size;
    },
    add(response, client) {
      clients.set(response, { ...client, stuckSince: undefined });
      response.once("close", () => clients.delete(response));
      response.on("error", () => response.destroy());
      return (event, data) => write(response, toText(event, data));
    },
    send(event, data) {
      for (const response of clients.keys()) write(response, toText(event, data));
    },
    async beat() {
      await Promise.all(
        [...clients].map(async ([response, { mayStay }]) => {
          // Where Redis is away, nobody can be found to have signed out.
          if (await mayStay().catch(() => true)) write(response, ": still here\n\n");
          else response.end();
        }),
      );
    },
    end(sessionId) {
      for (const [response, client] of clients)
        if (sessionId === undefined || client.sessionId === sessionId) response.end();
    },
  };
}

/** @param data JSON, and so of one line */
function toText(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}
