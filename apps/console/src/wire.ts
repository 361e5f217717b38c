/**
 * What a connection may cost before anybody has signed in. Fastify sets no limit to how long a request may take to come, nor
 * to how many connections there are.
 *
 * | what comes | answer |
 * |---|---|
 * | headers or a body that take too long | 408 `REQUEST_TIMEOUT`, and the connection ends |
 * | headers of more than 16 KiB | 431 `HEADERS_TOO_LARGE`, the same |
 * | what is no HTTP | 400 `INVALID_REQUEST`, the same |
 * | nothing, on an open connection | after 72 s it ends |
 * | a connection too many | is closed |
 */
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

export interface WireLimits {
  /** From the first byte, or the connection, to the end of the headers. ms. @default 10000 */
  readonly headersTimeout?: number | undefined;
  /** To the end of the body. ms. @default 30000 */
  readonly requestTimeout?: number | undefined;
  /** How often the two above are looked at, ms. @default 1000 */
  readonly checkingInterval?: number | undefined;
  /** Pages keep one open each. @default 512 */
  readonly maxConnections?: number | undefined;
}

/** Options for Fastify. */
export function wireOptions(limits: WireLimits) {
  return {
    requestTimeout: limits.requestTimeout ?? 30_000,
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headersTimeout ?? 10_000,
      connectionsCheckingInterval: limits.checkingInterval ?? 1_000,
    },
    clientErrorHandler: answerBroken,
  };
}

export function limitConnections({ server }: FastifyInstance, limits: WireLimits): void {
  server.maxConnections = limits.maxConnections ?? 512;
}

const answers: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "REQUEST_TIMEOUT", "The request took too long to come."],
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "HEADERS_TOO_LARGE",
    "The headers are too large.",
  ],
};
const OTHER = ["400 Bad Request", "INVALID_REQUEST", "This is no request that can be understood."] as const;

/** Nothing of what came is repeated. */
function answerBroken(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = answers[error.code ?? ""] ?? OTHER;
  const body = `${JSON.stringify({ code, message })}\n`;
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
}
