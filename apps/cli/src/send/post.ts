import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { CliError } from "../errors.ts";

export interface Answer {
  readonly status: number;
  /** Parsed, if it is JSON; else the text. */
  readonly body: unknown;
}

/** Misskey gives up after so long. */
const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts a body as Misskey would: it follows no redirect, and waits 5 s.
 *
 * @param headers values are Latin-1, as a secret may be
 * @throws CliError `INGEST_UNREACHABLE`, `INGEST_TIMED_OUT`
 */
export function post(url: URL, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Answer> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      { method: "POST", headers: { ...headers, "content-length": body.length } },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
        });
        response.once("error", (error) => reject(unreachable(url, error)));
        response.once("end", () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString("utf8")) });
        });
      },
    );
    const timer = setTimeout(() => {
      reject(
        new CliError(
          "INGEST_TIMED_OUT",
          `${url.origin} did not answer within 5 s; Misskey would send it again.`,
        ),
      );
      request.destroy();
    }, TIMEOUT_MS);
    request.once("error", (error) => {
      clearTimeout(timer);
      reject(unreachable(url, error));
    });
    request.end(body);
  });
}

function unreachable(url: URL, cause: Error): CliError {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  const message = `Nothing takes events at ${url.origin} (${code}). Start Misskeep with \`npm start\`, or give --url.`;
  return new CliError("INGEST_UNREACHABLE", message, { cause });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
