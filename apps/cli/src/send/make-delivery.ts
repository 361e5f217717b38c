import { type EventType, exampleBody } from "@misskeep/schema";
import type { Sender } from "./choose-secret.ts";

export interface MadeDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An example event, with the headers that Misskey sends, from the server and hook that the settings pin. */
export function makeExample(type: EventType, sender: Sender): MadeDelivery {
  const example = exampleBody(type) as Record<string, unknown>;
  const { server = String(example["server"]), hookId = String(example["hookId"]) } = sender;
  const body = Buffer.from(JSON.stringify({ ...example, server, hookId }), "utf8");
  return { headers: headersOf(sender, server, hookId), body };
}

/** A body of somebody's own, byte for byte. What it says of its sender is repeated in the headers. */
export function makeFromBytes(body: Buffer, sender: Sender): MadeDelivery {
  const said = readEnvelope(body);
  const server =
    typeof said["server"] === "string" ? said["server"] : (sender.server ?? "https://misskey.example");
  const hookId = typeof said["hookId"] === "string" ? said["hookId"] : (sender.hookId ?? "a1examplehook0001");
  return { headers: headersOf(sender, server, hookId), body };
}

function headersOf({ secret }: Sender, server: string, hookId: string): Record<string, string> {
  const host = URL.canParse(server) ? new URL(server).host : "misskey.example";
  return {
    "user-agent": "Misskey-Hooks",
    "x-misskey-host": host,
    "x-misskey-hook-id": /^[\x20-\x7e]{1,128}$/.test(hookId) ? hookId : "a1examplehook0001",
    "x-misskey-hook-secret": secret,
    "content-type": "application/json",
  };
}

function readEnvelope(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
