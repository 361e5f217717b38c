import { eventTypes, isEventType } from "@misskeep/schema";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { readBody } from "../read-body.ts";
import { chooseSender, type Sender } from "../send/choose-secret.ts";
import { type MadeDelivery, makeExample, makeFromBytes } from "../send/make-delivery.ts";
import { type Answer, post } from "../send/post.ts";
import { show } from "../show.ts";
import { sentView } from "../views/sent.ts";

export interface SendOptions extends CommonOptions {
  readonly url?: string;
  readonly secret?: string;
  readonly hook?: string;
  readonly count: number;
  readonly body?: string;
  readonly resend?: boolean;
}

/** `misskeep send TYPE`: prints what ingest answers. */
export async function sendCommand(deps: Deps, type: string | undefined, options: SendOptions): Promise<void> {
  const url = options.url === undefined ? await ownIngest(deps) : readUrl(options.url);
  const senderOf = async (hook: string | undefined): Promise<Sender> =>
    options.secret === undefined
      ? chooseSender(await deps.hooks(), options.hook ?? hook)
      : { secret: checkSecret(options.secret) };
  if (options.resend && options.body !== undefined)
    throw new CliError("USAGE", "Either --resend or --body, not both.", { exitCode: 2 });
  const make = options.resend
    ? await (await import("../send/make-resend.ts")).makeResend(deps, type, senderOf)
    : await makerOf(type, options.body, senderOf);
  const answers: Answer[] = [];
  for (let sent = 0; sent < options.count; sent += 1) {
    const { headers, body } = make();
    const answer = await post(url, headers, body);
    answers.push(answer);
    if (answer.status >= 300) throw refused(answer, sent);
  }
  show(deps, options, { url: url.href, answers }, (look) => sentView(answers, look));
}

/** @returns what makes each delivery: they differ, unless they are one file's bytes */
async function makerOf(
  type: string | undefined,
  file: string | undefined,
  senderOf: (hook: string | undefined) => Promise<Sender>,
): Promise<() => MadeDelivery> {
  if (file !== undefined) {
    const bytes = await readBody(file);
    const sender = await senderOf(undefined);
    return () => makeFromBytes(bytes, sender);
  }
  if (type === undefined || !isEventType(type)) {
    const problem = type === undefined ? "Say which type to send" : `There is no example of "${type}"`;
    const message = `${problem}. There are: ${eventTypes.join(", ")}. Anything else: --body <file>.`;
    throw new CliError("UNKNOWN_TYPE", message, { exitCode: 2 });
  }
  const sender = await senderOf(undefined);
  return () => makeExample(type, sender);
}

/** Where ingest listens on this machine. An address that means "all" is none to connect to. */
async function ownIngest(deps: Deps): Promise<URL> {
  const { host, port } = await deps.settings();
  const reachable = host === "0.0.0.0" || host === "*" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return new URL(`http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/misskey`);
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new CliError("USAGE", "--url has to begin with http:// or https://.", { exitCode: 2 });
  }
  if (url.pathname === "/") url.pathname = "/misskey";
  return url;
}

function checkSecret(secret: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(secret)) return secret;
  throw new CliError("USAGE", "--secret has characters that Misskey cannot send.", { exitCode: 2 });
}

const REMEDIES: Readonly<Record<number, string>> = {
  401: "The running ingest has another secret: restart it after a change of .env, or give --hook or --secret.",
  404: "Ingest takes deliveries at /misskey.",
  413: "Raise MAX_BODY_BYTES.",
};

function refused({ status, body }: Answer, before: number): CliError {
  const { code, message } = (typeof body === "object" && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const said = typeof message === "string" ? ` ${message}` : "";
  const again = status === 429 || status >= 500 ? "Misskey would send it again." : "Misskey would give up.";
  const accepted = before > 0 ? `${before} were taken before it.` : "";
  return new CliError(
    typeof code === "string" ? code : "NOT_ACCEPTED",
    `The answer was ${status}.${said} ${again} ${REMEDIES[status] ?? ""} ${accepted}`.trim(),
  );
}
