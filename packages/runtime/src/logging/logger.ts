/** The logger of an app: JSON lines on stdout, readable ones on a terminal, no secret in either. */
import { hostname } from "node:os";
import {
  destination as openDestination,
  type DestinationStream,
  type Logger,
  pino,
  stdTimeFunctions,
} from "pino";
import pretty from "pino-pretty";
import { version } from "../version.ts";
import { maskUrl } from "./mask-url.ts";
import { plain } from "./plain.ts";
import { redact, redactFields } from "./redact.ts";

export type { Logger } from "pino";

export interface LoggerOptions {
  /** Which app, for people who read the lines of several. */
  readonly app: string;
  /** pino's level names, and `silent`. @default "info" */
  readonly level?: string | undefined;
  /** @default stdout */
  readonly destination?: DestinationStream | undefined;
}

/**
 * @returns a pino logger; every line has `app`, `host`, `pid` and `version`. Names that look like secrets are
 *   redacted in what is logged and in what a child logger is bound to; passwords in URLs everywhere.
 */
export function createLogger({ app, level = "info", destination }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: { app, host: hostname(), pid: process.pid, version },
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFields,
      },
      serializers: { err: redact, error: redact },
      hooks: {
        logMethod(args, method) {
          const [first] = args as unknown[];
          // Of an error alone pino takes the message as it is.
          const full: unknown[] = first instanceof Error && args.length === 1 ? [first, first.message] : args;
          const masked = full.map((arg) => (typeof arg === "string" ? maskUrl(plain(arg)) : arg));
          method.apply(this, masked as typeof args);
        },
      },
    },
    destination ?? openStdout(),
  );
  redactChildren(logger);
  return logger;
}

/** Written at once, so that the last line before an exit is not lost. */
function openStdout(): DestinationStream {
  return process.stdout.isTTY
    ? pretty({
        sync: true,
        ignore: "app,host,pid,version",
        messageFormat: "{app}: {msg}",
        translateTime: "HH:MM:ss.l",
      })
    : openDestination({ dest: 1, sync: true });
}

/** pino turns a child's bindings into text before any formatter sees them. Grandchildren inherit this method. */
function redactChildren(logger: Logger): void {
  const create = logger.child;
  logger.child = function child(this: Logger, bindings: object, options?: object) {
    return create.call(this, redactFields(bindings), options);
  } as Logger["child"];
}
