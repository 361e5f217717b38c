import { once } from "node:events";
import { connect } from "node:net";
import { onTestFinished } from "vitest";

export interface RawSocket {
  send(bytes: string | Buffer): void;
  /** All that came so far, as Latin-1. */
  received(): string;
  /** Waits until something matches in what came. @throws Error if the connection ends first */
  until(pattern: RegExp): Promise<string>;
  /** Waits until the other side has ended the connection. @returns all that came */
  ended(): Promise<string>;
  isOpen(): boolean;
  /** Ends it in an orderly way, FIN. */
  end(): void;
  /** Ends it at once, RST. */
  reset(): void;
}

/** A connection on which a test writes what no HTTP client would. */
export async function openSocket(port: number): Promise<RawSocket> {
  const socket = connect(port, "127.0.0.1");
  // Each wait below leaves a listener behind.
  socket.setMaxListeners(0);
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
  // A reset is one way to end.
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return {
    send: (bytes) => void socket.write(bytes),
    received: () => received,
    isOpen: () => !socket.closed,
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    async until(pattern) {
      while (!pattern.test(received)) {
        if (socket.closed) throw new Error(`The connection ended with: ${received}`);
        await Promise.race([once(socket, "data"), once(socket, "close")]);
      }
      return received;
    },
    async ended() {
      if (!socket.closed) await once(socket, "close");
      return received;
    },
  };
}

/** Final statuses in what came over a connection; interim ones (100) are none. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)]
    .map(([, code]) => Number(code))
    .filter((code) => code >= 200);
}

/** A POST of a delivery with the secret "right". @param lines further header lines @param body Latin-1 */
export function rawPost(lines: readonly string[], body = "", path = "/misskey"): string {
  return [`POST ${path} HTTP/1.1`, "Host: a", "X-Misskey-Hook-Secret: right", ...lines, "", body].join(
    "\r\n",
  );
}

/** One chunk of a chunked body. */
export const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
