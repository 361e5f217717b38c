import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { createPaint, type Paint } from "./text/paint.ts";
import { escaped, harden, toJson } from "./text/safe.ts";

/** What a command prints on, and how. */
export interface Terminal {
  readonly paint: Paint;
  /** The width to keep to; Infinity in a pipe, whose reader wants whole lines. */
  readonly columns: number;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** Writes lines on stdout. */
  print(text: string): void;
  /** Writes lines on stderr: progress, and what is not the result. */
  note(text: string): void;
  /** Writes the one JSON document on stdout. */
  json(value: unknown): void;
  /** Writes one JSON document as one line on stdout, as fast as its reader takes it. */
  jsonLine(value: unknown): Promise<void>;
  /** A bar on stderr that a person can watch; undefined where nobody does. */
  bar(total: number): Promise<ProgressBar | undefined>;
  /** A line on stderr that replaces the one before it, where a person watches; an empty text removes it. */
  passing(text: string): void;
  /** @returns the answer; empty where there is none */
  ask(question: string): Promise<string>;
}

export interface ProgressBar {
  /** @param text a few words, shown behind the bar */
  update(done: number, total: number, text: string): void;
  /** Leaves the bar as it is and goes on below it. */
  stop(): void;
}

/** What is needed of `process`. */
export interface TerminalStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export function createTerminal({ stdin, stdout, stderr }: TerminalStreams): Terminal {
  // A reader that has seen enough, such as `head`, closes the pipe; that is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const write = (stream: NodeJS.WriteStream, text: string): void => void stream.write(`${harden(text)}\n`);
  return {
    // Node looks at NO_COLOR, FORCE_COLOR and TERM itself.
    paint: createPaint(stdout.isTTY && stdout.hasColors()),
    columns: stdout.isTTY ? Math.max(stdout.columns || 80, 60) : Infinity,
    interactive: stdin.isTTY && stderr.isTTY,
    print: (text) => write(stdout, text),
    note: (text) => write(stderr, text),
    json: (value) => write(stdout, toJson(value)),
    async jsonLine(value) {
      if (!stdout.write(`${escaped(JSON.stringify(value))}\n`)) await once(stdout, "drain");
    },
    async bar(total) {
      if (!stderr.isTTY) return undefined;
      const { default: progress } = await import("cli-progress");
      const format = "{bar} {value} of {total} · {text}";
      const options = { stream: stderr, format, hideCursor: true, barsize: 30 };
      const bar = new progress.SingleBar(options, progress.Presets.shades_grey);
      bar.start(total, 0, { text: "" });
      return {
        update(done, of, text) {
          bar.setTotal(of);
          bar.update(done, { text: harden(text) });
        },
        stop: () => bar.stop(),
      };
    },
    passing(text) {
      if (stderr.isTTY) stderr.write(`\r\u001B[K${harden(text)}`);
    },
    async ask(question) {
      const reader = createInterface({ input: stdin, output: stderr });
      // Ctrl-C and Ctrl-D mean no; without this the question would wait for ever.
      const closed = once(reader, "close").then(() => "");
      reader.once("SIGINT", () => reader.close());
      try {
        const asked = reader.question(`${harden(question)} `).catch(() => "");
        return (await Promise.race([asked, closed])).trim();
      } finally {
        reader.close();
      }
    },
  };
}
