import { createHash } from "node:crypto";
import type { RecordedError } from "../run-record.ts";
import { normalizeMessage } from "./normalize-message.ts";

/** What the letters of a group have in common. */
export interface Fingerprint {
  /** 12 hexadecimal digits. */
  readonly group: string;
  readonly name: string;
  readonly code: string | null;
  /** With what differs from letter to letter replaced: `<n>`, `<id>`, `<url>`, … */
  readonly message: string;
}

/** Characters. An error's author chose both. */
const LONGEST_NAME = 100;

/** Says which dead letters failed alike: those of one processor with the same name, code and normalised message. */
export function fingerprint(processor: string, error: Omit<RecordedError, "stack">): Fingerprint {
  const name = errorNameOf(error.name);
  const code = error.code === undefined ? null : error.code.slice(0, LONGEST_NAME);
  const message = normalizeMessage(error.message);
  const parts = JSON.stringify([processor, name, code, message]);
  return { group: createHash("sha256").update(parts).digest("hex").slice(0, 12), name, code, message };
}

/** An error's name as the index knows it. */
export function errorNameOf(name: string): string {
  return name.slice(0, LONGEST_NAME);
}
