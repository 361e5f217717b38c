import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

export interface ConsoleAddress {
  /** Listens to what a process of the console says over its IPC channel, once it listens. */
  of(app: Pick<ChildProcess, "on">): void;
  /** @returns the address that was told first; undefined if none is told in time */
  wait(timeoutMs: number, signal: AbortSignal): Promise<string | undefined>;
}

/** The console takes another port where its own is taken, so only it knows where it is. */
export function listenForAddress(): ConsoleAddress {
  let tell: (url: string) => void = () => {};
  const told = new Promise<string>((resolve) => (tell = resolve));
  return {
    of(app) {
      app.on("message", (message: unknown) => {
        if (typeof message !== "object" || message === null || !("consoleUrl" in message)) return;
        if (typeof message.consoleUrl === "string") tell(message.consoleUrl);
      });
    },
    wait: (timeoutMs, signal) =>
      Promise.race([told, delay(timeoutMs, undefined, { signal, ref: false }).catch(() => undefined)]),
  };
}
