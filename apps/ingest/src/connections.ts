/**
 * Bounds the open connections, and lets strangers bear it.
 *
 * | as many are open as may be, and | then |
 * |---|---|
 * | some never brought a valid secret | the oldest of those is closed |
 * | all did | the one that comes is closed |
 *
 * So whoever opens connections without end only ends their own: a delivery's is the newest when it comes, and shows
 * its secret long before thousands of others have come after it. Node's `maxConnections` would turn the delivery away.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface Connections {
  /** Bounds the connections of a server from now on. */
  watch(server: Server): void;
  /** A valid secret came over this connection. */
  trust(socket: Socket): void;
}

export function boundConnections(max: number): Connections {
  let open = 0;
  /** In the order in which they came. */
  const strangers = new Set<Socket>();
  return {
    watch(server) {
      server.on("connection", (socket) => {
        open += 1;
        strangers.add(socket);
        socket.once("close", () => {
          open -= 1;
          strangers.delete(socket);
        });
        if (open <= max) return;
        const [oldest] = strangers;
        // Until it is closed it still counts, and must not be chosen again.
        if (oldest) strangers.delete(oldest);
        oldest?.destroy();
      });
    },
    trust: (socket) => void strangers.delete(socket),
  };
}
