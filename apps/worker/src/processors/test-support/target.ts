import { type AnswerWith, type HttpReceiver, httpReceiver } from "@misskeep/testkit";
import { onTestFinished } from "vitest";

/** A path that stands for a webhook's secret: it may turn up in no error and no log. */
export const SECRET_PATH = "/hooks/4711/planted-url-secret";

/** A real HTTP server in the place of a target, closed after the test; its URL ends in SECRET_PATH. */
export async function startTarget(answer?: AnswerWith): Promise<HttpReceiver> {
  const receiver = await httpReceiver(answer);
  onTestFinished(() => receiver.close());
  return {
    url: `${receiver.url}${SECRET_PATH}`,
    requests: receiver.requests,
    answerWith: receiver.answerWith,
    close: () => receiver.close(),
  };
}

/** All that is kept or logged of an error: its message, stack and causes. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const fields = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return `${fields} ${String(error.stack)} ${error.cause === undefined ? "" : everythingIn(error.cause)}`;
}
