/**
 * Ends a process once and in order.
 *
 * | what happens | exit code |
 * |---|---|
 * | SIGTERM, SIGINT, or the parent is gone (IPC channel closed): `stop` ends in time | 0 |
 * | `stop` fails, or takes longer than `timeoutMs` | 1 |
 * | the same signal again, a second or more later: somebody is in a hurry | 1 |
 * | an uncaught exception or unhandled rejection: `stop` is tried | 1 |
 * | the app itself asks, `shutdown(reason, code)` | its code |
 *
 * A second signal counts only if it is of the same kind and not at once: Ctrl-C reaches the whole process group, and
 * npm and the launcher pass it on, so one key press can arrive three times.
 */
import { performance } from "node:perf_hooks";

const HURRY_AFTER_MS = 1000;

/** What is needed of a logger. */
interface ShutdownLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

/** What is needed of `process`; tests pass their own. */
export interface ShutdownProcess {
  readonly connected?: boolean | undefined;
  /** There if the process was started with an IPC channel, open or not. */
  readonly send?: unknown;
  on(event: string, listener: (argument: unknown) => void): unknown;
  off(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
}

export interface ShutdownOptions {
  /** @default ["SIGTERM", "SIGINT"] */
  readonly signals?: readonly NodeJS.Signals[];
  /** How long `stop` may take. Milliseconds. */
  readonly timeoutMs: number;
  readonly log: ShutdownLog;
  /** Called at most once. The process exits when it is done. */
  readonly stop: (reason: string) => Promise<void>;
  /** @default process */
  readonly process?: ShutdownProcess;
  /** Milliseconds from any start. @default performance.now */
  readonly now?: () => number;
}

export interface Shutdown {
  /** Stops and exits, as a signal would. Later calls join the first one. */
  readonly shutdown: (reason: string, exitCode?: number) => Promise<void>;
  /** Stops listening to signals; nothing else. */
  readonly dispose: () => void;
}

export function shutdownOn(options: ShutdownOptions): Shutdown {
  const { signals = ["SIGTERM", "SIGINT"], timeoutMs, log, stop } = options;
  const self: ShutdownProcess = options.process ?? process;
  const now = options.now ?? (() => performance.now());
  let running: Promise<void> | undefined;
  const firstSeen = new Map<string, number>();

  const run = async (reason: string, exitCode: number): Promise<void> => {
    const deadline = setTimeout(() => {
      log.fatal({ reason, timeoutMs }, "The stop took too long; exiting without its end");
      self.exit(1);
    }, timeoutMs);
    try {
      await stop(reason);
      clearTimeout(deadline);
      log.info({ reason }, "Stopped");
      self.exit(exitCode);
    } catch (error) {
      clearTimeout(deadline);
      log.error({ err: error, reason }, "The stop failed");
      self.exit(1);
    }
  };

  const shutdown = (reason: string, exitCode = 0): Promise<void> => {
    if (running === undefined) {
      log.info({ reason }, "Stopping");
      running = run(reason, exitCode);
    }
    return running;
  };

  const crash = (message: string) => (error: unknown) => {
    log.fatal({ err: error }, message);
    void shutdown(message, 1);
  };

  const listeners = new Map<string, (argument: unknown) => void>([
    ["uncaughtException", crash("Uncaught exception")],
    ["unhandledRejection", crash("Unhandled rejection")],
  ]);
  const orphaned = (): void => void shutdown("the parent is gone");
  if (self.connected === true) listeners.set("disconnect", orphaned);
  // Gone before this was called: there will be no event any more.
  else if (self.send !== undefined) setImmediate(orphaned);
  for (const signal of signals) {
    listeners.set(signal, () => {
      const first = firstSeen.get(signal);
      if (first !== undefined && now() - first >= HURRY_AFTER_MS) {
        log.fatal({ signal }, "Asked a second time; exiting at once");
        self.exit(1);
        return;
      }
      firstSeen.set(signal, first ?? now());
      void shutdown(signal);
    });
  }
  for (const [event, listener] of listeners) self.on(event, listener);

  return {
    shutdown,
    dispose() {
      for (const [event, listener] of listeners) self.off(event, listener);
    },
  };
}
