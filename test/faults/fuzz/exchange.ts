import { connect } from "node:net";

export interface Exchange {
  /** Final statuses, in order. */
  readonly statuses: readonly number[];
  /** The codes that the answers tell, in order. */
  readonly codes: readonly string[];
  /** It never ended. */
  readonly hung: boolean;
}

const PATIENCE_MS = 20_000;
/** What need not be answered gets so long for it. A slower answer is not seen; that is no fault. */
const QUIET_MS = 40;

/**
 * Writes the pieces on a connection of its own and reads what comes. Once that is what was to be expected, it says
 * that there is no more, and waits for the other side's end: Node aborts what is under way when it is told so.
 *
 * @param mayBeSilent whether it may be waiting for more, for ever
 */
export function exchange(port: number, pieces: readonly Buffer[], mayBeSilent: boolean): Promise<Exchange> {
  return new Promise((resolve) => {
    let received = "";
    let hung = false;
    let quiet: NodeJS.Timeout | undefined;
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
      for (const piece of pieces) socket.write(piece);
      wait();
    });
    const wait = (): void => {
      clearTimeout(quiet);
      if (mayBeSilent) quiet = setTimeout(() => socket.end(), QUIET_MS);
      else if (statusesIn(received).length > 0) socket.end();
    };
    const patience = setTimeout(() => {
      hung = true;
      socket.destroy();
    }, PATIENCE_MS);
    socket.on("data", (piece: Buffer) => {
      received += piece.toString("latin1");
      wait();
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(patience);
      clearTimeout(quiet);
      resolve({ statuses: statusesIn(received), codes: codesIn(received), hung });
    });
  });
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)]
    .map(([, code]) => Number(code))
    .filter((code) => code >= 200);
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code ?? "");
}
