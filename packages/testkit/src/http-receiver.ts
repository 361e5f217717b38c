import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body, byte for byte. */
  readonly bytes: Buffer;
  /** The body parsed as JSON; undefined if it is none. */
  readonly json: unknown;
}

export interface ReceiverAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

/** How to answer; `hang` never does, `reset` cuts the connection. */
export type AnswerWith = (
  request: ReceivedRequest,
  index: number,
) => ReceiverAnswer | "hang" | "reset" | Promise<ReceiverAnswer | "hang" | "reset">;

export interface HttpReceiver {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Changes how it answers from now on. */
  answerWith(answer: AnswerWith): void;
  close(): Promise<void>;
}

/**
 * A real HTTP server on loopback, in the place of what a processor talks to.
 *
 * @param answer gets each request and its index, from 0. @default 204 for all
 */
export async function httpReceiver(answer: AnswerWith = () => ({ status: 204 })): Promise<HttpReceiver> {
  const requests: ReceivedRequest[] = [];
  let current = answer;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => {
      const bytes = Buffer.concat(chunks);
      const body = bytes.toString("utf8");
      const request = {
        method: incoming.method ?? "",
        path: incoming.url ?? "",
        headers: incoming.headers,
        body,
        bytes,
        json: parsed(body),
      };
      requests.push(request);
      void Promise.resolve(current(request, requests.length - 1)).then((reply) => send(response, reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerWith: (next) => (current = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: ReceiverAnswer | "hang" | "reset"): void {
  if (answer === "hang") return;
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const isJson = typeof answer.body === "object";
  response.writeHead(answer.status, {
    ...(isJson ? { "content-type": "application/json" } : {}),
    ...answer.headers,
  });
  response.end(isJson ? JSON.stringify(answer.body) : answer.body);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
