/**
 * Keeps one app running.
 *
 * | it ends | then |
 * |---|---|
 * | with code 78: its settings are wrong | everything stops; it has said why |
 * | with another code but 0, in its first seconds | the same: starting it again would not help |
 * | in any other way | it starts again, after a delay that grows while that happens often |
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** sysexits.h: configuration error. */
const EX_CONFIG = 78;

export interface SuperviseOptions {
  readonly name: string;
  readonly spawn: () => ChildProcess;
  readonly log: { error(fields: object, message: string): void };
  /** Called once, if the app cannot work here; it is not started again. */
  readonly onHopeless: (reason: string) => void;
  /** From when on it counts as started well. Milliseconds. @default 10_000 */
  readonly settledAfterMs?: number;
  /** The first delay before a restart; doubled each time, to a minute at most. Milliseconds. @default 500 */
  readonly firstDelayMs?: number;
}

export interface Supervised {
  /** Asks it to stop, and waits for its end. It stays stopped. */
  stop(): Promise<void>;
  /** Ends it at once. It stays ended. */
  kill(): void;
  /** Ends the present process; it starts again at once, with what `spawn` now gives. */
  restart(): void;
}

const LONGEST_DELAY_MS = 60_000;

export function supervise(options: SuperviseOptions): Supervised {
  const { name, log, onHopeless, settledAfterMs = 10_000, firstDelayMs = 500 } = options;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasSettled = false;
  let isStopping = false;
  let isRestarting = false;
  let delay = firstDelayMs;

  const run = (): void => {
    child = options.spawn();
    const settling = setTimeout(() => {
      hasSettled = true;
      delay = firstDelayMs;
    }, settledAfterMs);
    child.once("exit", (code, signal) => {
      clearTimeout(settling);
      child = undefined;
      if (isStopping) return;
      if (isRestarting) {
        isRestarting = false;
        run();
        return;
      }
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      if (code === EX_CONFIG || (code !== null && code !== 0 && !hasSettled)) {
        onHopeless(`${name} cannot start here: it ended ${how}; what it said is above`);
        return;
      }
      log.error(
        { code, signal, restartInMs: delay },
        `${name} ended unexpectedly, ${how}; starting it again`,
      );
      timer = setTimeout(run, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    });
  };
  run();

  const end = (signal: NodeJS.Signals): void => {
    isStopping = true;
    clearTimeout(timer);
    child?.kill(signal);
  };
  return {
    stop: async () => {
      const running = child;
      end("SIGTERM");
      if (running && running.exitCode === null && running.signalCode === null) await once(running, "exit");
    },
    kill: () => end("SIGKILL"),
    restart: () => {
      isRestarting = child !== undefined;
      child?.kill("SIGTERM");
    },
  };
}
