import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Capture } from "./captures.ts";

export interface DeliveryOverrides {
  /** In place of the capture's secret. */
  readonly secret?: string;
  /** Headers to set, or to leave out (`undefined`); names in any case. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Buffer | string;
  readonly method?: string;
}

export interface DeliveryAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed, if it is JSON; else the text. Misskey itself never reads it. */
  readonly body: unknown;
}

// Misskey keeps its connections open, and opens up to 64 at a time.
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const MISSKEY_TIMEOUT_MS = 5_000;

/**
 * Sends a capture as Misskey does: the same bytes and headers in the same order, but for Host and Content-Length.
 *
 * @param url where to, with path
 * @throws Error after 5 s without response headers, as Misskey gives up then; and if the connection breaks
 */
export function deliver(
  url: string,
  capture: Capture,
  overrides: DeliveryOverrides = {},
): Promise<DeliveryAnswer> {
  const target = new URL(url);
  const body = overrides.body === undefined ? capture.rawBody : Buffer.from(overrides.body);
  const headers = headersFor(capture, target, body, overrides).flat();
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      target,
      { method: overrides.method ?? "POST", agent, headers },
      (response) => {
        clearTimeout(timer);
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(text) });
        });
      },
    );
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`No answer within ${MISSKEY_TIMEOUT_MS} ms`)),
      MISSKEY_TIMEOUT_MS,
    );
    outgoing.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(body);
  });
}

function headersFor(
  capture: Capture,
  target: URL,
  body: Buffer,
  { secret, headers = {} }: DeliveryOverrides,
): [string, string][] {
  const changed = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  changed.set("host", target.host);
  changed.set("content-length", String(body.length));
  const kept = capture.headers.flatMap(([name, value]): [string, string][] => {
    const lower = name.toLowerCase();
    const isSecret = lower.endsWith("-hook-secret") && secret !== undefined;
    const now = changed.has(lower) ? changed.get(lower) : isSecret ? secret : value;
    changed.delete(lower);
    return now === undefined ? [] : [[name, now]];
  });
  const added = [...changed].flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return [...kept, ...added];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
