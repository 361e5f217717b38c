import type { ErasePlan, EraseTarget } from "../../api/types.ts";

const HANDLE = /^@?[^@\s/]{1,128}(@[^@\s/]{1,255})?$/u;
const NOTE_ID = /^[0-9a-z]{1,64}$/iu;

/** @returns null where the text is no handle or no id */
export function toTarget(kind: "person" | "note", text: string): EraseTarget | null {
  const trimmed = text.trim();
  if (kind === "note") return NOTE_ID.test(trimmed) ? { note: trimmed } : null;
  if (!HANDLE.test(trimmed)) return null;
  return { person: trimmed.startsWith("@") ? trimmed : `@${trimmed}` };
}

/** What a person types to confirm. */
export function nameOf(target: EraseTarget): string {
  return "person" in target ? target.person : target.note;
}

/** How much can be erased now. */
export function countOf({ inbox, jobs, dead, discarded }: ErasePlan): number {
  return inbox + jobs + dead + discarded;
}
