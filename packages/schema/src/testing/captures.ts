/** Reads the real captures. The testkit has them, but depends on this package, so they are read by path. */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

const folder = new URL("../../../testkit/captures/", import.meta.url);

const captureSchema = z.object({
  headers: z.array(z.tuple([z.string(), z.string()])),
  rawBody: z.string(),
});

export interface Capture {
  /** `resends/note-500-once-send1.json` */
  readonly name: string;
  /** The request's body, parsed afresh for each reader. */
  readonly json: Record<string, unknown>;
  readonly header: (name: string) => string | undefined;
}

export const captures: readonly Capture[] = ["", "resends/"].flatMap((sub) =>
  readdirSync(new URL(sub, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => readCapture(sub + file)),
);

export function captureNamed(name: string): Capture {
  const found = captures.find((capture) => capture.name === name);
  if (found === undefined) throw new Error(`no capture ${name}`);
  return found;
}

function readCapture(name: string): Capture {
  const { headers, rawBody } = captureSchema.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
  return {
    name,
    get json() {
      return JSON.parse(rawBody) as Record<string, unknown>;
    },
    header: (wanted) => headers.find(([key]) => key.toLowerCase() === wanted)?.[1],
  };
}
