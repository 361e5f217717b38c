import type { Text } from "../text/text.ts";

/** What a text says, unescaped. */
export function toPlain(text: Text): string {
  return text.map((piece) => (typeof piece === "string" ? piece : piece.foreign)).join("");
}
