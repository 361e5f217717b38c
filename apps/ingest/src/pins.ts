/** A hook can be pinned to the one server, and to the one webhook there, that may send for it. */
export interface Pins {
  /** An origin, `https://misskey.example`. */
  readonly server?: string;
  /** Misskey's id of the webhook. */
  readonly hookId?: string;
}

/** Whom a delivery says that it is from: its body's word, else its headers'. */
export interface Sender {
  readonly server: string | undefined;
  readonly hookId: string | undefined;
}

/**
 * How a delivery breaks its hook's pins. It is kept in spite of that, since its secret is right, and goes to
 * quarantine.
 *
 * @returns a short reason that quotes nothing of the delivery; undefined if it keeps to the pins
 */
export function brokenPin(pins: Pins, sender: Sender): string | undefined {
  if (pins.server !== undefined && originOf(sender.server) !== originOf(pins.server))
    return sender.server === undefined ? "it names no server" : "it is from another server";
  if (pins.hookId !== undefined && sender.hookId !== pins.hookId)
    return sender.hookId === undefined ? "it names no hook id" : "it is from another hook id";
  return undefined;
}

/** Case, a default port and a slash at the end make no difference. */
function originOf(server: string | undefined): string | undefined {
  return server !== undefined && URL.canParse(server) ? new URL(server).origin : server;
}
