/**
 * Deliveries that real Misskey servers sent, byte for byte. `packages/testkit/captures/README.md` says where each
 * comes from.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { capturesFolder } from "./repository.ts";

export interface Capture {
  /** The file's name without its ending; those of a resend group end in `-send1`, `-send2`, … */
  readonly name: string;
  /** In order of arrival, in the sender's case; the values are Latin-1. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly rawBody: Buffer;
  /** The server and its version. */
  readonly capturedFrom: string;
  /** As in the header: Latin-1, may be empty. */
  readonly secret: string;
  /** The event's type, where the body says one. */
  readonly type?: string;
}

/** All captures but the resends. */
export function captures(): Capture[] {
  return readFolder(capturesFolder);
}

/**
 * One capture, resends included.
 *
 * @throws Error if there is none of that name
 */
export function capture(name: string): Capture {
  const found = [...captures(), ...resendGroups().flatMap(({ sends }) => sends)].find(
    (candidate) => candidate.name === name,
  );
  if (!found) throw new Error(`There is no capture named ${name}`);
  return found;
}

export interface ResendGroup {
  readonly name: string;
  /** The same event, in the order in which it was sent. */
  readonly sends: readonly Capture[];
}

/** Events that Misskey delivered more than once. */
export function resendGroups(): ResendGroup[] {
  const groups = new Map<string, Capture[]>();
  for (const send of readFolder(join(capturesFolder, "resends"))) {
    const name = send.name.replace(/-send\d+$/, "");
    groups.set(name, [...(groups.get(name) ?? []), send]);
  }
  return [...groups].map(([name, sends]) => ({ name, sends }));
}

function readFolder(folder: string): Capture[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.toSorted().map((file) => readCapture(join(folder, file)));
}

interface CaptureFile {
  readonly headers: [string, string][];
  /** The body as text, or else as base64. */
  readonly rawBody?: string;
  readonly base64?: string;
  readonly capturedFrom: string;
}

/** Reads a capture from any file; those that Misskeep exports as fixtures, too. */
export function readCapture(file: string): Capture {
  const stored = JSON.parse(readFileSync(file, "utf8")) as CaptureFile;
  const { headers, capturedFrom } = stored;
  const rawBody =
    stored.rawBody === undefined
      ? Buffer.from(stored.base64 ?? "", "base64")
      : Buffer.from(stored.rawBody, "utf8");
  const secret = headers.find(([name]) => name.toLowerCase().endsWith("-hook-secret"))?.[1] ?? "";
  const type = typeOf(rawBody.toString("utf8"));
  return {
    name: basename(file, ".json"),
    headers,
    rawBody,
    capturedFrom,
    secret,
    ...(type === undefined ? {} : { type }),
  };
}

function typeOf(rawBody: string): string | undefined {
  try {
    const { type } = JSON.parse(rawBody) as { type?: unknown };
    return typeof type === "string" ? type : undefined;
  } catch {
    return undefined;
  }
}
